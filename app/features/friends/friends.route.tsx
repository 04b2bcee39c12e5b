import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { AppClient } from '#app/http/api.server.ts';
import {
  attempt,
  formProblem,
  type FormProblem as Problem,
  privateHeaders,
} from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PersonName } from '#app/ui/person-name.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { formatFriendCode, normalizeFriendCode } from '#core/id.ts';
import { FriendCode } from './friend-code.tsx';

export const meta: MetaFunction = () => [{ title: 'Friends · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const [people, { code }] = await Promise.all([api.friends.list.query(), api.friends.myCode.query()]);
  return data(
    {
      ...people,
      code: formatFriendCode(code),
      shareUrl: `${context.appUrl}/friends/add/${formatFriendCode(code)}`,
    },
    { headers: privateHeaders },
  );
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { fields, problem } = await readForm(request);
  if (problem) return data({ problem: formProblem(problem), code: '' }, { status: 400 });
  const { intent = '', username = '', code = '' } = fields;
  if (intent === 'add') {
    const normal = normalizeFriendCode(code);
    if (normal) throw redirect(`/friends/add/${formatFriendCode(normal)}`);
    const message = 'A friend code has ten letters and digits, like 7KQ2M-X4R9T.';
    const refusal: Problem = { message, fields: { code: message } };
    return data({ problem: refusal, code }, { status: 400 });
  }
  const run = Object.hasOwn(actions, intent) ? actions[intent] : undefined;
  if (!run) return data({ problem: formProblem('Choose what to do.'), code: '' }, { status: 400 });
  const outcome = await attempt(() => run(api, username));
  if (!outcome.ok) return data({ problem: outcome.problem, code: '' }, { status: outcome.status });
  throw redirect(`/friends?done=${intent}`);
}

/** What the buttons of this page do. */
const actions: Record<string, (api: AppClient, username: string) => Promise<unknown>> = {
  accept: (api, username) => api.friends.accept.mutate({ username }),
  decline: (api, username) => api.friends.decline.mutate({ username }),
  'take-back': (api, username) => api.friends.remove.mutate({ username }),
  block: (api, username) => api.friends.block.mutate({ username }),
  unblock: (api, username) => api.friends.unblock.mutate({ username }),
  'renew-code': (api) => api.friends.renewCode.mutate(),
};

const said: Record<string, string> = {
  accept: 'You are friends now. Write them something.',
  decline: 'Declined. They are not told.',
  'take-back': 'Taken back.',
  block: 'Blocked. They are not told, and what they send goes nowhere.',
  unblock: 'Unblocked.',
  'renew-code': 'This is your new code. The old one leads nowhere now.',
  removed: 'Done. Letters you have exchanged stay with both of you.',
  asked: 'Asked. When they say yes, they appear in your list.',
};

function PersonForm(props: {
  username: string;
  intent: string;
  kind?: 'primary' | 'quiet';
  children: string;
}) {
  return (
    <Form method="post">
      <input type="hidden" name="username" value={props.username} />
      <SubmitButton
        name="intent"
        value={props.intent}
        kind={props.kind ?? 'quiet'}
        aria-label={`${props.children}: ${props.username}`}
      >
        {props.children}
      </SubmitButton>
    </Form>
  );
}

export default function Friends() {
  const { friends, asking, asked, blocked, code, shareUrl } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const done = useFlashMessage(said);
  const wrong = refused?.problem.fields ?? {};
  return (
    <Page width="list">
      <PageHeading title="Friends" />
      {done ? <Notice kind="success">{done}</Notice> : null}
      <FormProblem problem={refused?.problem} />

      {asking.length > 0 ? (
        <section aria-labelledby="asking">
          <h2 id="asking">Would like to be your friend</h2>
          <ul className="people">
            {asking.map((person) => (
              <li key={person.username} className="person">
                <PersonName {...person} />
                <div className="button-row">
                  <PersonForm username={person.username} intent="accept" kind="primary">
                    Accept
                  </PersonForm>
                  <PersonForm username={person.username} intent="decline">
                    Decline
                  </PersonForm>
                  <PersonForm username={person.username} intent="block">
                    Block
                  </PersonForm>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}

      {friends.length > 0 ? (
        <section aria-labelledby="friends">
          <h2 id="friends">Your friends</h2>
          <ul className="people">
            {friends.map((person) => (
              <li key={person.username} className="person">
                <PersonName {...person} />
                <div className="button-row">
                  <ButtonLink to={`/write?to=${person.username}`} kind="primary">
                    Write
                  </ButtonLink>
                  <ButtonLink to={`/friends/${person.username}/safety`} kind="quiet">
                    Safety number
                  </ButtonLink>
                  <ButtonLink to={`/friends/remove/${person.username}`} kind="quiet">
                    Remove or block
                  </ButtonLink>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <EmptyState picture="friends" title="No friends here yet">
          <p>Send your code to someone you like, or type theirs below.</p>
        </EmptyState>
      )}

      {asked.length > 0 ? (
        <section aria-labelledby="asked">
          <h2 id="asked">You have asked</h2>
          <ul className="people">
            {asked.map((person) => (
              <li key={person.username} className="person">
                <PersonName {...person} />
                <PersonForm username={person.username} intent="take-back">
                  Take it back
                </PersonForm>
              </li>
            ))}
          </ul>
        </section>
      ) : null}

      {blocked.length > 0 ? (
        <section aria-labelledby="blocked">
          <h2 id="blocked">Blocked</h2>
          <ul className="people">
            {blocked.map((person) => (
              <li key={person.username} className="person">
                <PersonName {...person} />
                <PersonForm username={person.username} intent="unblock">
                  Unblock
                </PersonForm>
              </li>
            ))}
          </ul>
        </section>
      ) : null}

      <FriendCode code={code} shareUrl={shareUrl} qrUrl={`/friends/code.svg?for=${code}`}>
        <Form method="post">
          <SubmitButton name="intent" value="renew-code" kind="quiet">
            Get a new code
          </SubmitButton>
        </Form>
        <p className="field-hint">The old code and its link then lead nowhere.</p>
      </FriendCode>

      <section aria-labelledby="add" className="panel">
        <h2 id="add">Add a friend</h2>
        <Form method="post" className="form" noValidate>
          <Field
            name="code"
            label="Your friend’s code"
            hint="Ten letters and digits. They find it on this page of theirs."
            defaultValue={refused?.code}
            error={wrong.code}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
          <SubmitButton name="intent" value="add" pending={busy} pendingLabel="Looking…">
            Look them up
          </SubmitButton>
        </Form>
      </section>
    </Page>
  );
}

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
import { LatestLetter } from './latest-letter.tsx';

export const meta: MetaFunction = () => [{ title: 'Friends · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const [people, { code }, latest] = await Promise.all([
    api.friends.list.query(),
    api.friends.myCode.query(),
    api.letters.latest.query(),
  ]);
  return data(
    {
      ...people,
      latest: Object.fromEntries(latest.map(({ username, ...letter }) => [username, letter])),
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
    const message = 'Friend codes have 10 letters and digits, like 7KQ2M-X4R9T.';
    const refusal: Problem = { message, fields: { code: message } };
    return data({ problem: refusal, code }, { status: 400 });
  }
  const run = Object.hasOwn(actions, intent) ? actions[intent] : undefined;
  if (!run) return data({ problem: formProblem('Choose what to do.'), code: '' }, { status: 400 });
  const outcome = await attempt(() => run(api, username));
  if (!outcome.ok) return data({ problem: outcome.problem, code: '' }, { status: outcome.status });
  throw redirect(onwards[intent]?.(username) ?? `/friends?done=${intent}`);
}

const actions: Record<string, (api: AppClient, username: string) => Promise<unknown>> = {
  accept: (api, username) => api.friends.accept.mutate({ username }),
  decline: (api, username) => api.friends.decline.mutate({ username }),
  'take-back': (api, username) => api.friends.remove.mutate({ username }),
  block: (api, username) => api.friends.block.mutate({ username }),
  unblock: (api, username) => api.friends.unblock.mutate({ username }),
  hello: (api, username) => api.friends.markSeen.mutate({ username }),
  seen: (api, username) => api.friends.markSeen.mutate({ username }),
  'renew-code': (api) => api.friends.renewCode.mutate(),
};

/** Where the cards of the inbox lead. */
const onwards: Record<string, (username: string) => string> = {
  hello: (username) => `/write?to=${encodeURIComponent(username)}`,
  seen: () => '/inbox',
};

const messages: Record<string, string> = {
  accept: 'You’re friends now. Say hello.',
  decline: 'Declined. We won’t tell them.',
  'take-back': 'Request cancelled.',
  block: 'Blocked. We won’t tell them, and you won’t get anything they send.',
  unblock: 'Unblocked.',
  'renew-code': 'Here’s your new code. The old one no longer works.',
  removed: 'Removed. You both keep the letters you’ve exchanged.',
  asked: 'Request sent. You’ll see them here once they accept.',
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
  const { friends, latest, asking, asked, blocked, code, shareUrl } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const done = useFlashMessage(messages);
  const wrong = refused?.problem.fields ?? {};
  return (
    <Page width="list">
      <PageHeading title="Friends" />
      {done ? <Notice kind="success">{done}</Notice> : null}
      <FormProblem problem={refused?.problem} />

      {asking.length > 0 ? (
        <section aria-labelledby="asking">
          <h2 id="asking">Friend requests</h2>
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
                <div>
                  <PersonName {...person} />
                  <LatestLetter username={person.username} letter={latest[person.username]} />
                </div>
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
          <p>Invite someone you like, or enter their code below.</p>
        </EmptyState>
      )}

      {asked.length > 0 ? (
        <section aria-labelledby="asked">
          <h2 id="asked">Pending</h2>
          <ul className="people">
            {asked.map((person) => (
              <li key={person.username} className="person">
                <PersonName {...person} />
                <PersonForm username={person.username} intent="take-back">
                  Cancel request
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

      <section aria-labelledby="invite" className="panel">
        <h2 id="invite">Invite a friend</h2>
        <p className="field-hint">A link for one person. You’re friends as soon as they accept.</p>
        <ButtonLink to="/friends/invite">Invite a friend</ButtonLink>
      </section>

      <FriendCode code={code} shareUrl={shareUrl} qrUrl={`/friends/code.svg?for=${code}`}>
        <Form method="post">
          <SubmitButton name="intent" value="renew-code" kind="quiet">
            Get a new code
          </SubmitButton>
        </Form>
        <p className="field-hint">Your old code and link will stop working.</p>
      </FriendCode>

      <section aria-labelledby="add" className="panel">
        <h2 id="add">Add a friend</h2>
        <Form method="post" className="form" noValidate>
          <Field
            name="code"
            label="Your friend’s code"
            hint="10 letters and digits. It’s on their Friends page."
            defaultValue={refused?.code}
            error={wrong.code}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
          <SubmitButton name="intent" value="add" pending={busy} pendingLabel="Searching…">
            Find friend
          </SubmitButton>
        </Form>
      </section>
    </Page>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import {
  Form,
  Link,
  useActionData,
  useLoaderData,
  useNavigate,
  useNavigation,
  useSearchParams,
} from '@remix-run/react';
import { askWithProof } from '#app/browser/session/ask-with-proof.ts';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { proofProblem } from '#app/http/proof-problem.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';

export const meta: MetaFunction = () => [{ title: 'Delete your account · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const me = await api.accounts.me();
  const shown = {
    username: me?.username ?? '',
    deleteAt: me?.deleteAt ?? null,
    sealed: me?.mode === 'sealed',
  };
  return data(shown, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  const { intent, username = '', current = '' } = fields;
  const typed = { username };
  if (problem) {
    return data({ typed, problem: formProblem(problem) }, { status: 400, headers: privateHeaders });
  }
  const outcome = await attempt<unknown>(() =>
    intent === 'keep' ? api.deletion.cancel() : api.deletion.ask({ username, proof: { password: current } }),
  );
  if (!outcome.ok) {
    const problem = proofProblem(outcome.problem);
    return data({ typed, problem }, { status: outcome.status, headers: privateHeaders });
  }
  throw redirect(intent === 'keep' ? '/settings?done=kept' : asked);
}

const asked = '/settings/delete?done=asked';

export default function DeleteAccount() {
  const { deleteAt } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page width="form">
      <PageHeading title={deleteAt ? 'Your account will be deleted' : 'Delete your account'} />
      <FormProblem problem={refused?.problem} />
      {deleteAt ? <Leaving deleteAt={deleteAt} /> : <Staying />}
      <BackToSettings />
    </Page>
  );
}

function Leaving({ deleteAt }: { deleteAt: Date }) {
  const justNow = useSearchParams()[0].get('done') === 'asked';
  const busy = useNavigation().state !== 'idle';
  const timeZone = useTimeZone();
  return (
    <>
      <Notice kind="info" title={justNow ? 'We have noted it' : 'It is not too late'}>
        <p>
          The day is{' '}
          <strong>
            <LetterDate at={deleteAt} timeZone={timeZone} form="full" />
          </strong>
          . Until then you can call it off here.
        </p>
      </Notice>
      <p>
        Meanwhile everything works as before: you can write, read and be written to, and your friends are not
        told. {justNow ? 'We have sent you a mail about it. ' : ''}
        <Link to="/settings/export">Make a copy of your letters</Link> if you want to keep them.
      </p>
      <Form method="post" className="form" noValidate>
        <input type="hidden" name="intent" value="keep" />
        <SubmitButton pending={busy} pendingLabel="Keeping it…">
          Keep my account
        </SubmitButton>
      </Form>
    </>
  );
}

function Staying() {
  const { username, sealed } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const navigate = useNavigate();
  const ask = async (fields: FormData) => {
    await askWithProof(username, fields, (api, proof) =>
      api.deletion.ask.mutate({ username: String(fields.get('username')), proof }),
    );
    navigate(asked);
    return 'leaving' as const;
  };
  return (
    <>
      <div className="prose">
        <p>
          You have <strong>seven days</strong> to think better of it. Until then nothing changes, and nobody
          is told. After that it cannot be undone, not even by us:
        </p>
        <ul>
          <li>
            <strong>Gone at once</strong> are the keys to your letters, then your copies of the letters, your
            drafts, your list of friends and your settings.
          </li>
          <li>
            <strong>What your friends have stays theirs:</strong> the letters you wrote to them, with their
            photos. Where your name was they see “a former friend”.
          </li>
          <li>
            <strong>Letters to you</strong> that have not arrived by then go back to their writers. Letters
            that none of you has any more are deleted.
          </li>
          <li>
            <strong>Your name</strong> is given to nobody else, so that nobody is taken for you. You cannot
            have it again yourself, either.
          </li>
        </ul>
        <p>
          <Link to="/settings/export">Make a copy of your letters</Link> first: afterwards nobody can.
        </p>
      </div>
      {sealed ? (
        <SealedTask work={ask}>{(state) => <Answers username={username} {...state} />}</SealedTask>
      ) : (
        <Form method="post" className="form" noValidate>
          <Answers
            username={username}
            typed={refused?.typed.username}
            wrong={refused?.problem.fields ?? {}}
            busy={busy}
          />
        </Form>
      )}
    </>
  );
}

interface AnswersProps extends FieldsState {
  username: string;
  typed?: string | undefined;
}

function Answers({ username, typed, wrong, busy }: AnswersProps) {
  return (
    <>
      <Field
        name="username"
        label="Your username"
        hint={`Type ${username}, so that we know you mean this account.`}
        error={wrong.username}
        defaultValue={typed}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField error={wrong.current} />
      <SubmitButton kind="danger" pending={busy} pendingLabel="Noting it…">
        Delete my account in seven days
      </SubmitButton>
    </>
  );
}

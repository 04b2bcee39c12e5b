import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useLoaderData, useSearchParams } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { PostProblem, type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { HiddenField } from '#app/ui/sealed-fields.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';

export const meta: MetaFunction = () => [{ title: 'Delete your account · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const me = await api.accounts.me.query();
  const shown = { username: me?.username ?? '', deleteAt: me?.deleteAt ?? null };
  return data(shown, { headers: privateHeaders });
}

export const action = userAction(['username'], async ({ api, fields }) => {
  const { intent, username = '', current = '' } = fields;
  if (intent === 'keep') {
    await api.deletion.cancel.mutate();
    return redirect('/settings?done=kept');
  }
  await api.deletion.ask.mutate({ username, proof: { password: current } });
  return redirect(asked);
});

const askInBrowser: RunInBrowser = async ({ api, fields: { username = '' }, prove }) => {
  await api.deletion.ask.mutate({ username, proof: await prove() });
  return { navigate: asked };
};

const asked = '/settings/delete?done=asked';

export default function DeleteAccount() {
  const { deleteAt } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <PageHeading title={deleteAt ? 'Your account will be deleted' : 'Delete your account'} />
      <PostProblem />
      {deleteAt ? <Leaving deleteAt={deleteAt} /> : <Staying />}
      <BackToSettings />
    </Page>
  );
}

function Leaving({ deleteAt }: { deleteAt: Date }) {
  const justNow = useSearchParams()[0].get('done') === 'asked';
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
      <TaskForm kind="plain" problemShown>
        <HiddenField name="intent" value="keep" />
        <SubmitButton pendingLabel="Keeping it…">Keep my account</SubmitButton>
      </TaskForm>
    </>
  );
}

function Staying() {
  const { username } = useLoaderData<typeof loader>();
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
      <TaskForm kind="user" run={askInBrowser} problemShown>
        <Field
          name="username"
          label="Your username"
          hint={`Type ${username}, so that we know you mean this account.`}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField />
        <SubmitButton kind="danger" pendingLabel="Noting it…">
          Delete my account in seven days
        </SubmitButton>
      </TaskForm>
    </>
  );
}

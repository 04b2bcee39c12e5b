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
      <Notice kind="info" title={justNow ? 'We’ve got your request' : 'You can still change your mind'}>
        <p>
          It will be deleted on{' '}
          <strong>
            <LetterDate at={deleteAt} timeZone={timeZone} form="full" />
          </strong>
          . You can change your mind until then.
        </p>
      </Notice>
      <p>
        Until then everything works as usual, and we won’t tell your friends.{' '}
        {justNow ? 'We’ve sent you an email about it. ' : ''}
        <Link to="/settings/export">Download a copy of your letters</Link> if you want to keep them.
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
          You have <strong>7 days</strong> to change your mind. Until then nothing changes, and we won’t tell
          anyone. After that it can’t be undone, not even by us:
        </p>
        <ul>
          <li>
            <strong>First your keys are destroyed,</strong> then your copies of your letters, your drafts,
            your list of friends and your settings.
          </li>
          <li>
            <strong>Your friends keep theirs:</strong> the letters and photos you sent them. Instead of your
            name they’ll see “a former friend”. Letters that haven’t arrived by then are deleted.
          </li>
          <li>
            <strong>Letters to you</strong> that haven’t arrived by then go back to their senders. Letters
            neither of you keeps are deleted.
          </li>
          <li>
            <strong>Your username</strong> is retired; nobody, including you, can use it again.
          </li>
        </ul>
        <p>
          <Link to="/settings/export">Download a copy of your letters</Link> first. You can’t do that
          afterwards.
        </p>
      </div>
      <TaskForm kind="user" run={askInBrowser} problemShown>
        <Field
          name="username"
          label="Your username"
          hint={`Type ${username} to confirm.`}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField />
        <SubmitButton kind="danger" pendingLabel="One moment…">
          Delete my account in 7 days
        </SubmitButton>
      </TaskForm>
    </>
  );
}

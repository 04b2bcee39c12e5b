import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi, sessionHeaders } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { NewPasswordFields } from './new-password-fields.tsx';

export const meta: MetaFunction = () => [{ title: 'Password · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  return data(null, { headers: privateHeaders });
}

export const action = userAction([], async ({ api, context, fields }) => {
  const { current = '', password = '', confirm = '' } = fields;
  const session = await api.accounts.changePassword.mutate({ current, password, confirm });
  return redirect(done, { headers: sessionHeaders(context, session) });
});

const changeInBrowser: RunInBrowser = async ({ fields, username }) => {
  const { changePassword } = await import('./change-password.ts');
  await changePassword(username, fields);
  return { load: done };
};

const done = '/settings?done=password';

export default function ChangePassword() {
  return (
    <Page width="form">
      <PageHeading title="Change your password">
        <p>This logs you out on every other device. Your letters and recovery words stay the same.</p>
      </PageHeading>
      <TaskForm kind="user" run={changeInBrowser}>
        <PasswordField label="Current password" />
        <NewPasswordFields />
        <SubmitButton pendingLabel="Changing…">Change password</SubmitButton>
      </TaskForm>
      <BackToSettings />
    </Page>
  );
}

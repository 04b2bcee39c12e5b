import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { requirePerson, sessionHeaders } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { useKeysOf } from '#app/modes/use-keys-of.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { NewPasswordFields } from './new-password-fields.tsx';

export const meta: MetaFunction = () => [{ title: 'Password · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requirePerson(context, request);
  return data(null, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  if (problem) return data({ problem: formProblem(problem) }, { status: 400, headers: privateHeaders });
  const { current = '', password = '', confirm = '' } = fields;
  const outcome = await attempt(() => api.accounts.changePassword({ current, password, confirm }));
  if (!outcome.ok)
    return data({ problem: outcome.problem }, { status: outcome.status, headers: privateHeaders });
  throw redirect(done, { headers: sessionHeaders(context, outcome.value) });
}

const done = '/settings?done=password';

export default function ChangePassword() {
  const refused = useActionData<typeof action>();
  const keysOf = useKeysOf();
  return (
    <Page width="form">
      <PageHeading title="Change your password">
        <p>Every other device is logged out. Your letters and your recovery words stay as they are.</p>
      </PageHeading>
      {keysOf === null ? (
        <PlainTask problem={refused?.problem}>{(state) => <PasswordFields {...state} />}</PlainTask>
      ) : (
        <SealedChange username={keysOf} />
      )}
      <BackToSettings />
    </Page>
  );
}

function SealedChange({ username }: { username: string }) {
  const change = async (fields: FormData) => {
    const { changePassword } = await import('./change-password.ts');
    await changePassword(username, Object.fromEntries(fields));
    // A page of its own: nothing of this one stays in memory.
    location.assign(done);
    return 'leaving' as const;
  };
  return <SealedTask work={change}>{(state) => <PasswordFields {...state} />}</SealedTask>;
}

function PasswordFields({ wrong, busy }: FieldsState) {
  return (
    <>
      <PasswordField label="Your password now" error={wrong.current} />
      <NewPasswordFields wrong={wrong} />
      <SubmitButton pending={busy} pendingLabel="Locking your letters anew…">
        Change it
      </SubmitButton>
    </>
  );
}

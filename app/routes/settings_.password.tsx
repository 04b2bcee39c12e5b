import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { PageHeading, PasswordField, SubmitButton } from '../components/index.ts';
import { attempt, formProblem, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { PlainTask } from '../plain-task.tsx';
import { NewPasswordFields } from '../recovery/new-password-fields.tsx';
import { type FieldsState, SealedTask } from '../sealed/sealed-task.tsx';
import { useKeysOf } from '../sealed/use-keys-of.ts';
import { requirePerson, sessionHeaders } from '../session.server.ts';
import { BackToSettings } from '../settings/back-to-settings.tsx';
import { readForm } from '../uploads.server.ts';

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
    const { changePassword } = await import('../sealed/change-password.ts');
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

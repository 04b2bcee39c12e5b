import type { ReactNode } from 'react';
import type { StepAnswer } from '#app/http/session-steps.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PostProblem, TaskForm, type TaskFormProps } from '../task-form.tsx';
import { CodeField } from './code-field.tsx';
import { NoCodeLeft } from './no-code-left.tsx';
import { PasskeyLogIn, type PasskeyLogInProps } from './passkey-log-in.tsx';

/** Asks a user whose password was right for their second factor. */
export function CodeStep({
  username,
  wanted: { app, codes, passkeys },
  finish,
  again,
  children,
  ...form
}: Pick<TaskFormProps, 'kind' | 'run'> &
  PasskeyLogInProps & {
    username: string;
    wanted: Pick<StepAnswer<'wanted'>, 'app' | 'codes' | 'passkeys'>;
    again: ReactNode;
    children?: ReactNode;
  }) {
  const passkey = passkeys ? <PasskeyLogIn finish={finish} /> : null;
  return (
    <>
      <PageHeading title="One more step">
        <p>
          Your password is correct, <strong>{username}</strong>. Now confirm it’s you.
        </p>
      </PageHeading>
      {app || codes ? (
        <TaskForm {...form} derives={false} before={passkey}>
          {children}
          <CodeField app={app} />
          <SubmitButton pendingLabel="Opening your letters…">Continue</SubmitButton>
        </TaskForm>
      ) : (
        <>
          <PostProblem />
          {passkey}
          <NoCodeLeft />
        </>
      )}
      <p className="form-aside">{again}</p>
    </>
  );
}

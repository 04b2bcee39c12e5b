import { Form, useLocation } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import { SessionRefusal } from '#app/browser/session/session-call.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { EmptyState, type EmptyStateProps } from '#app/ui/empty-state.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { notYourPassword } from '#core/accounts/not-your-password.ts';
import { type RunInBrowser, TaskForm } from '../task-form.tsx';
import { useSealedUsername } from '../use-sealed-username.ts';
import { redirectAfterLogIn } from './redirect-after-log-in.ts';
import { SealedCode, type WaitingLogIn, waitFor } from './sealed-code.tsx';

/**
 * Replaces a page whose keys are missing from this browser. The password restores them in a new
 * session, and the page returns.
 */
export function PasswordAgain({
  picture,
  title,
  label,
  pendingLabel,
  children,
}: Pick<EmptyStateProps, 'picture' | 'title'> & {
  label: string;
  pendingLabel: string;
  children: ReactNode;
}) {
  const username = useSealedUsername() ?? '';
  const { pathname, search } = useLocation();
  const here = pathname + search;
  const [waiting, setWaiting] = useState<WaitingLogIn | null>(null);
  const unlock: RunInBrowser = async ({ fields: { password = '' } }) => {
    const { logIn } = await import('#app/browser/session/log-in.ts');
    const { outcome, pending } = await logIn({ username, password }).catch(blamePassword);
    if (outcome !== 'second-factor') return { load: redirectAfterLogIn(outcome, here) };
    setWaiting(await waitFor(pending));
  };
  if (waiting) return <SealedCode waiting={waiting} to={here} />;
  return (
    <section className="away">
      <EmptyState picture={picture} title={title} heading="h1">
        {children}
      </EmptyState>
      <TaskForm kind="script" run={unlock}>
        <input type="hidden" value={username} autoComplete="username" readOnly />
        <PasswordField name="password" label="Password" />
        <SubmitButton pendingLabel={pendingLabel}>{label}</SubmitButton>
      </TaskForm>
      <Form method="post" action="/logout" className="form-aside">
        <SubmitButton kind="quiet">Log out instead</SubmitButton>
      </Form>
    </section>
  );
}

/** Reports wrong credentials at the password, because this form doesn't ask for the name. */
async function blamePassword(error: unknown): Promise<never> {
  if (!(error instanceof SessionRefusal && error.code === 'unauthenticated')) throw error;
  const { InputRefused } = await import('#core/schemas/check-input.ts');
  throw new InputRefused({ message: notYourPassword, fields: { password: notYourPassword } });
}

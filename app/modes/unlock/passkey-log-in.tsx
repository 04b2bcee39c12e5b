import { callSession } from '#app/browser/session/session-call.ts';
import type { StepAnswer } from '#app/http/session-steps.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { type Next, TaskForm } from '../task-form.tsx';
import { usePasskeys } from './use-passkeys.ts';

export interface PasskeyLogInProps {
  /** Called with the outcome of the login. */
  finish(answer: StepAnswer<'passkey'>): Promise<Next>;
}

/** Completes a login with a passkey; renders nothing without browser support. */
export function PasskeyLogIn({ finish }: PasskeyLogInProps) {
  if (!usePasskeys()) return null;
  return (
    <TaskForm
      kind="script"
      derives={false}
      run={async () => {
        const { askPasskey } = await import('./ask-passkey.ts');
        const { options } = await callSession('ask-passkey', null);
        return finish(await callSession('passkey', { answer: await askPasskey(options) }));
      }}
    >
      <SubmitButton id="passkey" kind="secondary" pendingLabel="Asking your passkey…">
        Use a passkey
      </SubmitButton>
    </TaskForm>
  );
}

import { callSession } from '#app/browser/session/session-call.ts';
import type { StepAnswer } from '#app/http/session-steps.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { type Next, TaskForm } from '../task-form.tsx';
import { usePasskeys } from './use-passkeys.ts';

export interface PasskeyLogInProps {
  /** Told what the log-in ended with. */
  finish(answer: StepAnswer<'passkey'>): Promise<Next>;
}

/** Finishes a log-in with a passkey; nothing at all where the browser knows none. */
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

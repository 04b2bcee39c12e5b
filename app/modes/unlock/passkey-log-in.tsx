import { callSession } from '#app/browser/session/session-call.ts';
import type { StepAnswer } from '#app/http/session-steps.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { SealedForm } from '#app/ui/sealed-fields.tsx';
import { useSealing } from '../use-sealing.ts';
import { usePasskeys } from './use-passkeys.ts';

/** Finishes a log-in with a passkey; nothing at all where the browser knows none. */
export function PasskeyLogIn({
  finish,
}: {
  /** Told what the log-in ended with. */
  finish(answer: StepAnswer<'passkey'>): Promise<void>;
}) {
  const { busy, problem, onSeal } = useSealing(async () => {
    const { askPasskey } = await import('./ask-passkey.ts');
    const { options } = await callSession('ask-passkey', null);
    await finish(await callSession('passkey', { answer: await askPasskey(options) }));
    return 'leaving';
  });
  if (!usePasskeys()) return null;
  return (
    <>
      <FormProblem problem={problem} />
      <SealedForm className="form" onSeal={onSeal}>
        <SubmitButton id="passkey" kind="secondary" pending={busy} pendingLabel="Asking your passkey…">
          Use a passkey
        </SubmitButton>
      </SealedForm>
    </>
  );
}

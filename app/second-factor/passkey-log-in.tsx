import { FormProblem, SealedForm, SubmitButton } from '../components/index.ts';
import { callSession } from '../sealed/session-call.ts';
import type { StepAnswer } from '../sealed/session-steps.server.ts';
import { useSealing } from '../sealed/use-sealing.ts';
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

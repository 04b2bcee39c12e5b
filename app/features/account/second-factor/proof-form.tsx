import type { ReactNode } from 'react';
import { browserApi } from '#app/browser/browser-api.ts';
import type { FormProblem as Problem } from '#app/http/errors.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { usePasskeys } from '#app/modes/unlock/use-passkeys.ts';
import { useKeysOf } from '#app/modes/use-keys-of.ts';
import { ButtonRow, SubmitButton, type SubmitButtonProps } from '#app/ui/button.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import type { Bytes } from '#core/bytes.ts';
import type { PasskeyAnswer } from '#core/schemas/second-factor.ts';
import type { FactorSettings } from './tasks.ts';

/** What shows that a change is its owner's, for a form that the script sends. */
export interface Shown {
  proof: { authKey: Bytes } | { password: string };
  code?: string;
  passkey?: PasskeyAnswer;
}

interface ProofFormProps {
  /** With a second factor a code is wanted as well, or a passkey. */
  settings: FactorSettings;
  problem: Problem | null | undefined;
  button: string;
  kind?: SubmitButtonProps['kind'];
  /** The same change by the script: in a sealed session the password stays in the page. */
  change(shown: Shown): Promise<void>;
  /** Whether only a script can do it, whatever the session. */
  scripted?: boolean;
}

/** The form in front of every change of how the account is entered. */
export function ProofForm({ settings, problem, button, kind, change, scripted }: ProofFormProps) {
  const keysOf = useKeysOf();
  const posted = keysOf === null && !scripted;
  const passkeys = usePasskeys() && settings.passkeys.length > 0 && !posted;
  const fields = (state: FieldsState): ReactNode => (
    <>
      <PasswordField error={state.wrong.current} />
      {settings.on ? <CodeField error={state.wrong.code} app={settings.app !== null} /> : null}
      <ButtonRow>
        <SubmitButton kind={kind} pending={state.busy} pendingLabel="One moment…">
          {button}
        </SubmitButton>
        {passkeys ? (
          <SubmitButton id="passkey" name="with" value="passkey" kind="secondary" pending={state.busy}>
            With a passkey instead
          </SubmitButton>
        ) : null}
      </ButtonRow>
    </>
  );
  if (posted) return <PlainTask problem={problem}>{fields}</PlainTask>;
  const work = async (given: FormData) => {
    const password = String(given.get('current'));
    const { proofOf } = await import('#app/browser/session/prove-password.ts');
    const proof = keysOf === null ? { password } : await proofOf(keysOf, password);
    if (given.get('with') === 'passkey') await change({ proof, passkey: await answerOf() });
    else await change({ proof, code: String(given.get('code') ?? '') });
    return 'staying' as const;
  };
  return <SealedTask work={work}>{fields}</SealedTask>;
}

async function answerOf(): Promise<PasskeyAnswer> {
  const { askPasskey } = await import('#app/modes/unlock/ask-passkey.ts');
  return askPasskey(await browserApi.secondFactor.askForChange.mutate());
}

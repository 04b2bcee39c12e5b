import type { browserApi } from '#app/browser/browser-api.ts';
import { type Next, TaskForm } from '#app/modes/task-form.tsx';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { usePasskeys } from '#app/modes/unlock/use-passkeys.ts';
import { ButtonRow, SubmitButton, type SubmitButtonProps } from '#app/ui/button.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { useIsSealed } from '#app/ui/sealed-fields.tsx';
import type { Bytes } from '#core/bytes.ts';
import type { PasskeyAnswer } from '#core/schemas/second-factor.ts';
import type { FactorSettings } from './tasks.ts';

/** The proofs that a change is the account owner's, sent by the script. */
interface Shown {
  proof: { authKey: Bytes } | { password: string };
  code?: string;
  passkey?: PasskeyAnswer;
}

interface ProofFormProps {
  /** With a second factor, the form also asks for a code or a passkey. */
  settings: FactorSettings;
  button: string;
  look?: SubmitButtonProps['kind'];
  change(api: typeof browserApi, shown: Shown): Promise<Next | undefined>;
  /** `script` for changes that only a script can make, in any session. */
  kind?: 'user' | 'script';
}

/** The form that confirms the user's identity before any change to how they log in. */
export function ProofForm({ settings, button, look, change, kind = 'user' }: ProofFormProps) {
  return (
    <TaskForm
      kind={kind}
      run={async ({ api, fields, prove }) => {
        const proof = await prove();
        if (fields.with !== 'passkey') return change(api, { proof, code: fields.code ?? '' });
        const { askPasskey } = await import('#app/modes/unlock/ask-passkey.ts');
        const passkey = await askPasskey(await api.secondFactor.askForChange.mutate());
        return change(api, { proof, passkey });
      }}
    >
      <PasswordField />
      {settings.on ? <CodeField app={settings.app !== null} /> : null}
      <ButtonRow>
        <SubmitButton kind={look} pendingLabel="One moment…">
          {button}
        </SubmitButton>
        {settings.passkeys.length > 0 ? <PasskeyInstead /> : null}
      </ButtonRow>
    </TaskForm>
  );
}

function PasskeyInstead() {
  const [known, sealed] = [usePasskeys(), useIsSealed()];
  return known && sealed ? (
    <SubmitButton id="passkey" name="with" value="passkey" kind="secondary">
      Use a passkey instead
    </SubmitButton>
  ) : null;
}

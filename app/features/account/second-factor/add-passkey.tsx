import { useState } from 'react';
import type { browserApi } from '#app/browser/browser-api.ts';
import { type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { usePasskeySupport } from '#app/modes/unlock/use-passkeys.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';
import { PasskeysElsewhere } from './passkeys-elsewhere.tsx';
import { ProofForm } from './proof-form.tsx';
import { type FactorSettings, twoFactorPath } from './tasks.ts';

type Options = Awaited<ReturnType<typeof browserApi.secondFactor.beginPasskey.mutate>>;

/**
 * Asks for the password, then for the passkey, each with its own click: browsers create a passkey
 * only right after one.
 */
export function AddPasskey({
  settings,
  onCodes,
}: {
  settings: FactorSettings;
  onCodes(codes: string[]): void;
}) {
  const [options, setOptions] = useState<Options | null>(null);
  return (
    <>
      <PageHeading title="Add a passkey">
        <p>
          A key stored on this device, your phone or a security key. When you log in, you use your
          fingerprint, your face or a touch instead of a code.
        </p>
      </PageHeading>
      {options ? (
        <MakePasskey options={options} onCodes={onCodes} />
      ) : (
        <ProvePerson settings={settings} onProven={setOptions} />
      )}
    </>
  );
}

function ProvePerson({ settings, onProven }: { settings: FactorSettings; onProven(options: Options): void }) {
  const support = usePasskeySupport();
  if (support === 'elsewhere') return <PasskeysElsewhere />;
  if (support === 'none') {
    return (
      <Notice kind="info">
        <p>This browser doesn’t support passkeys. An authenticator app works everywhere.</p>
      </Notice>
    );
  }
  if (support === 'unknown') {
    return (
      <noscript>
        <Notice kind="info">
          <p>Passkeys need JavaScript, which is off here. An authenticator app works without it.</p>
        </Notice>
      </noscript>
    );
  }
  return (
    <ProofForm
      kind="script"
      settings={settings}
      button="Continue"
      change={async (api, shown) => {
        onProven(await api.secondFactor.beginPasskey.mutate(shown));
        return undefined;
      }}
    />
  );
}

function MakePasskey({ options, onCodes }: { options: Options; onCodes(codes: string[]): void }) {
  const make: RunInBrowser = async ({ api, fields }) => {
    const [{ makePasskey }, { checkInput }, { passkeyNameInput }] = await Promise.all([
      import('#app/modes/unlock/ask-passkey.ts'),
      import('#core/schemas/check-input.ts'),
      import('#core/schemas/second-factor.ts'),
    ]);
    const { name } = checkInput(passkeyNameInput, { name: fields.name });
    const { codes } = await api.secondFactor.finishPasskey.mutate({
      name,
      answer: await makePasskey(options),
    });
    if (!codes) return { navigate: `${twoFactorPath}?done=passkey` };
    onCodes(codes);
  };
  return (
    <TaskForm kind="script" run={make}>
      <Field
        name="name"
        label="Name"
        hint="So you’ll recognise it later, like “Blue key” or “This laptop”."
        maxLength={limits.passkeyNameMax}
        required
        autoComplete="off"
      />
      <SubmitButton id="passkey" pendingLabel="Asking your device…">
        Create passkey
      </SubmitButton>
    </TaskForm>
  );
}

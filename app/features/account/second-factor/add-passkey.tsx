import { useNavigate } from '@remix-run/react';
import { useState } from 'react';
import { browserApi } from '#app/browser/browser-api.ts';
import { SealedTask } from '#app/modes/sealed-task.tsx';
import { useIsOwnOrigin, usePasskeys } from '#app/modes/unlock/use-passkeys.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useIsHydrated } from '#app/ui/use-is-hydrated.ts';
import { limits } from '#core/schemas/limits.ts';
import { PasskeysElsewhere } from './passkeys-elsewhere.tsx';
import { ProofForm } from './proof-form.tsx';
import { type FactorSettings, twoFactorPath } from './tasks.ts';

type Options = Awaited<ReturnType<typeof browserApi.secondFactor.beginPasskey.mutate>>;

/**
 * Password first, then the passkey, each with a press of its own: browsers make a passkey only right after one.
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
          A key that this device, your phone or a stick keeps for you. When you log in, a fingerprint or a
          touch takes the place of the code.
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
  const known = usePasskeys();
  const isOwnOrigin = useIsOwnOrigin();
  if (!useIsHydrated()) {
    return (
      <noscript>
        <Notice kind="info">
          <p>Passkeys need JavaScript, and it is off here. An authenticator app works without.</p>
        </Notice>
      </noscript>
    );
  }
  if (!isOwnOrigin) return <PasskeysElsewhere />;
  if (!known) {
    return (
      <Notice kind="info">
        <p>This browser does not know passkeys. An authenticator app works everywhere.</p>
      </Notice>
    );
  }
  return (
    <ProofForm
      scripted
      settings={settings}
      problem={null}
      button="Go on"
      change={async (shown) => onProven(await browserApi.secondFactor.beginPasskey.mutate(shown))}
    />
  );
}

function MakePasskey({ options, onCodes }: { options: Options; onCodes(codes: string[]): void }) {
  const navigate = useNavigate();
  const make = async (fields: FormData) => {
    const [{ makePasskey }, { checkInput }, { passkeyNameInput }] = await Promise.all([
      import('#app/modes/unlock/ask-passkey.ts'),
      import('#core/schemas/check-input.ts'),
      import('#core/schemas/second-factor.ts'),
    ]);
    const { name } = checkInput(passkeyNameInput, { name: fields.get('name') });
    const answer = await makePasskey(options);
    const { codes } = await browserApi.secondFactor.finishPasskey.mutate({ name, answer });
    if (codes) onCodes(codes);
    else navigate(`${twoFactorPath}?done=passkey`);
    return 'staying' as const;
  };
  return (
    <SealedTask work={make}>
      {({ wrong, busy }) => (
        <>
          <Field
            name="name"
            label="What do you call it?"
            hint="So that you know it again in the list: “Blue key”, “This laptop”."
            error={wrong.name}
            maxLength={limits.passkeyNameMax}
            required
            autoComplete="off"
          />
          <SubmitButton id="passkey" pending={busy} pendingLabel="Asking your device…">
            Make the passkey
          </SubmitButton>
        </>
      )}
    </SealedTask>
  );
}

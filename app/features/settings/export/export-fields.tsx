import { SubmitButton } from '#app/ui/button.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';

/** Who asks for the copy proves it; the fields are the same wherever it is made. */
export function ExportFields({
  wrong,
  making,
}: {
  wrong: { current?: string };
  /** What is being done, while the page itself makes the copy. */
  making?: string | undefined;
}) {
  return (
    <>
      <PasswordField
        hint="Once more, so that nobody takes your letters along who finds your device open."
        error={wrong.current}
      />
      <SubmitButton pending={making !== undefined} pendingLabel={making}>
        Download my letters
      </SubmitButton>
    </>
  );
}

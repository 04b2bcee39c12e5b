import { Field } from '#app/ui/field.tsx';

/** A new password, twice, for somebody who has an account. */
export function NewPasswordFields({ wrong }: { wrong: Record<string, string> }) {
  return (
    <>
      <Field
        name="password"
        type="password"
        label="New password"
        hint="At least 8 characters. A few words that only you would put together are easiest to keep."
        error={wrong.password}
        required
        autoComplete="new-password"
      />
      <Field
        name="confirm"
        type="password"
        label="New password, once more"
        error={wrong.confirm}
        required
        autoComplete="new-password"
      />
    </>
  );
}

import { Field } from '#app/ui/field.tsx';

export function NewPasswordFields() {
  return (
    <>
      <Field
        name="password"
        type="password"
        label="New password"
        hint="At least 8 characters. A few random words are easiest to remember."
        required
        autoComplete="new-password"
      />
      <Field
        name="confirm"
        type="password"
        label="Confirm new password"
        required
        autoComplete="new-password"
      />
    </>
  );
}

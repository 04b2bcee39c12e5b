import { Field, type FieldProps } from './field.tsx';

export function PasswordField({
  name = 'current',
  label = 'Your password',
  hint,
  error,
}: Partial<Pick<FieldProps, 'name' | 'label' | 'hint' | 'error'>>) {
  return (
    <Field
      name={name}
      type="password"
      label={label}
      hint={hint}
      error={error}
      required
      autoComplete="current-password"
    />
  );
}

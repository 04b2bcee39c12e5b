import { Field } from '#app/ui/field.tsx';

/** One field for both kinds of code, so that users needn't know which one they have. */
export function CodeField({
  app = true,
  hint = app ? 'The 6 digits in your app, or one of your one-time codes.' : 'One of your one-time codes.',
}: {
  app?: boolean;
  hint?: string;
}) {
  return (
    <Field
      name="code"
      label="Code"
      hint={hint}
      required
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
    />
  );
}

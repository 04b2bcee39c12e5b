import { Field } from '#app/ui/field.tsx';

/** One field for both kinds of code: nobody has to know which one they hold. */
export function CodeField({
  app = true,
  hint = app ? 'The 6 digits in your app, or one of your one-time codes.' : 'One of your one-time codes.',
}: {
  /** Whether there is an app to look at. */
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

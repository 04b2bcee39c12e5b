import { Field } from '../components/index.ts';

/** The code of an account that asks for one at log-in: it is asked for at a reset as well. */
export function ResetCodeField({ asked, error }: { asked: boolean; error: string | undefined }) {
  if (!asked && !error) return null;
  return (
    <Field
      name="code"
      label="Code"
      hint="The six digits your app shows now, or one of your one-time codes."
      error={error}
      required
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
    />
  );
}

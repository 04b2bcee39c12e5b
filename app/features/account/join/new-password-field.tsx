import { useEffect, useState } from 'react';
import { Field } from '#app/ui/field.tsx';
import { useIsSealed } from '#app/ui/sealed-fields.tsx';
import { limits } from '#core/schemas/limits.ts';
import { PasswordStrength } from './password-strength.tsx';

/**
 * Asks for a new password. With JavaScript, it can be shown while it is typed, and its strength is
 * estimated in the page; without, it is typed twice.
 */
export function NewPasswordField() {
  const sealed = useIsSealed();
  const [shown, setShown] = useState(false);
  const [password, setPassword] = useState('');
  // Browsers don't remember what was typed into a field that is a password's again.
  useEffect(() => {
    const hide = () => setShown(false);
    addEventListener('pagehide', hide);
    return () => removeEventListener('pagehide', hide);
  }, []);
  return (
    <>
      <Field
        name="password"
        type={shown ? 'text' : 'password'}
        label="Password"
        hint={`At least ${limits.passwordMin} characters. A few random words are easiest to remember: lantern otter waltz tuesday.`}
        required
        minLength={limits.passwordMin}
        autoComplete="new-password"
        autoCapitalize="none"
        spellCheck={false}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      {sealed ? (
        <div className="password-tools">
          <PasswordStrength password={password} />
          <button
            type="button"
            className="button button-quiet"
            aria-controls="password"
            onClick={() => setShown(!shown)}
          >
            {shown ? 'Hide password' : 'Show password'}
          </button>
        </div>
      ) : (
        <Field name="confirm" type="password" label="Confirm password" required autoComplete="new-password" />
      )}
    </>
  );
}

import { useEffect, useState } from 'react';

const words = ['Very easy to guess', 'Easy to guess', 'Could be stronger', 'Strong', 'Very strong'];

/** Estimates in this page how hard a password is to guess. Advice only: nothing is refused for it. */
export function PasswordStrength({ password }: { password: string }) {
  const [score, setScore] = useState<number | null>(null);
  useEffect(() => {
    if (password === '') return setScore(null);
    let replaced = false;
    // A pause in the typing, so that a screen reader isn't told of every character.
    const timer = setTimeout(async () => {
      const estimate = await import('./estimate-strength.ts').catch(() => null);
      const found = estimate?.estimateStrength(password) ?? null;
      if (!replaced) setScore(found);
    }, 300);
    return () => {
      replaced = true;
      clearTimeout(timer);
    };
  }, [password]);
  return (
    <div className="password-strength" role="status">
      {score === null ? null : (
        <>
          <meter className={`strength strength-${score}`} min={0} max={4} value={score} aria-hidden="true" />
          <span>{words[score]}</span>
        </>
      )}
    </div>
  );
}

import { ScriptLate } from '../ui/script-late.tsx';

export function ScriptIsOff() {
  return (
    <>
      <ScriptLate otherwise="log out and log in with JavaScript off." />
      <noscript>
        <p className="notice">
          JavaScript is off, so your letters can’t be unlocked here. Turn it on again, or log out and log in
          without it.
        </p>
      </noscript>
    </>
  );
}

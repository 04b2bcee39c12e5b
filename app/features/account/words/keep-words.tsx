import { useState } from 'react';
import { useIsHydrated } from '#app/ui/use-is-hydrated.ts';

/**
 * Offers ways to keep the recovery words besides paper. There is no password field to save them
 * from: a password manager would fill them in at the next login, and send them.
 */
export function KeepWords({ words, username }: { words: readonly string[]; username: string }) {
  const [status, setStatus] = useState('');
  const hydrated = useIsHydrated();
  const list = words.map((word, index) => `${index + 1}. ${word}`).join('\r\n');
  const text = `Project BFF: recovery words of ${username}\r\n\r\n${list}\r\n`;
  const copy = () =>
    navigator.clipboard.writeText(words.join(' ')).then(
      () => setStatus('Copied. Paste them into a secure note of your password manager.'),
      () => setStatus('Couldn’t copy them. Please select them and copy them yourself.'),
    );
  return (
    <div className="words-keep">
      <div className="button-row">
        {hydrated && 'clipboard' in navigator ? (
          <button type="button" className="button button-secondary" onClick={copy}>
            Copy
          </button>
        ) : null}
        {hydrated ? (
          <button type="button" className="button button-secondary" onClick={() => print()}>
            Print
          </button>
        ) : null}
        <a
          className="button button-secondary"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download={`project-bff-words-${username}.txt`}
        >
          Save as a file
        </a>
      </div>
      <p role="status">{status}</p>
    </div>
  );
}

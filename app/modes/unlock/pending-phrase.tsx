import { Form } from '@remix-run/react';
import { type ReactNode, useEffect, useState } from 'react';
import { SubmitButton } from '#app/ui/button.tsx';
import { loadKeys } from '../browser-access.ts';
import { useSealedUsername } from '../use-sealed-username.ts';
import { PasswordAgain } from './password-again.tsx';
import { OpeningNow } from './waiting-pages.tsx';

/**
 * Unconfirmed recovery words in this browser; `gone` if another browser made them, or its storage
 * was cleared.
 */
type Found = string[] | 'opening' | 'gone';

/**
 * Shows unconfirmed recovery words once the browser has found them.
 *
 * @param children called with the words; null where the server has them
 */
export function PendingPhrase({ children }: { children: (words: string[] | null) => ReactNode }) {
  const username = useSealedUsername();
  const words = usePendingPhrase(username);
  if (username === null) return children(null);
  if (words === 'gone') return <WordsGone />;
  if (words !== 'opening') return children(words);
  return (
    <>
      <OpeningNow what="your words" />
      <noscript>
        <Form method="post" action="/logout" className="form-aside">
          <SubmitButton kind="quiet">Log out</SubmitButton>
        </Form>
      </noscript>
    </>
  );
}

function usePendingPhrase(username: string | null): Found {
  const [words, setPhrase] = useState<Found>('opening');
  useEffect(() => {
    if (username === null) return;
    let left = false;
    openWords(username)
      .catch(() => null)
      .then((found) => {
        if (!left) setPhrase(found ?? 'gone');
      });
    return () => {
      left = true;
    };
  }, [username]);
  return words;
}

async function openWords(username: string): Promise<string[] | null> {
  const [keys, { pendingWords }] = await Promise.all([
    loadKeys(username),
    import('#app/browser/keys/pending-phrase.ts'),
  ]);
  return keys && pendingWords(keys);
}

/** Explains that the words are only in the browser that made them. A login makes new ones. */
function WordsGone() {
  return (
    <PasswordAgain
      picture="seal"
      title="Your recovery words aren’t in this browser"
      label="Show new words"
      pendingLabel="Choosing words…"
    >
      <p>
        They never left the browser that made them, so we can’t show them here. Nothing is lost: enter your
        password to get twelve new ones. The old ones won’t work.
      </p>
    </PasswordAgain>
  );
}

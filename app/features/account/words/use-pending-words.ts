import { useEffect, useState } from 'react';
import { keysOf } from '#app/modes/open-sealed.ts';

/**
 * The recovery words that wait in this browser for this person to confirm them; `gone` when they are not here: they were
 * made in another one, or its storage was cleared.
 */
export function usePendingWords(username: string): string[] | 'opening' | 'gone' {
  const [words, setWords] = useState<string[] | 'opening' | 'gone'>('opening');
  useEffect(() => {
    let left = false;
    openWords(username)
      .catch(() => null)
      .then((found) => {
        if (!left) setWords(found ?? 'gone');
      });
    return () => {
      left = true;
    };
  }, [username]);
  return words;
}

async function openWords(username: string): Promise<string[] | null> {
  const [keys, { pendingWords }] = await Promise.all([
    keysOf(username),
    import('#app/browser/keys/pending-words.ts'),
  ]);
  return keys && pendingWords(keys);
}

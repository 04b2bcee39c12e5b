import { useEffect, useState } from 'react';
import { ConfirmTwoWords, twoPositions } from './confirm-two-words.tsx';
import { WordsToWriteDown } from './words-to-write-down.tsx';

export interface MadePhrase {
  username: string;
  words: string[];
}

/**
 * Shows new recovery words in a sealed session, and then asks for two of them, on one page. They
 * are in its memory only, so this works where the browser stores nothing.
 */
export function NewPhrase({ username, words }: MadePhrase) {
  const [positions, setPositions] = useState<[number, number] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the two steps begins at its top, as a page of its own would
  useEffect(() => {
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [positions]);
  if (!positions) {
    const written = (
      <button type="button" className="button button-primary" onClick={() => setPositions(twoPositions())}>
        I’ve written them down
      </button>
    );
    return <WordsToWriteDown words={words} username={username} onwards={written} />;
  }
  return (
    <ConfirmTwoWords
      words={words}
      positions={positions}
      again={
        <button type="button" className="button button-quiet" onClick={() => setPositions(null)}>
          Show my words again
        </button>
      }
    />
  );
}

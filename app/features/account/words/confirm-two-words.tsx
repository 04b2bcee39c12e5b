import type { ReactNode } from 'react';
import { SealedTask } from '#app/modes/sealed-task.tsx';
import { TwoWordsFields, TwoWordsHeading } from './two-words.tsx';

/** Asks for two of the words where they are, and goes on once they were right. */
export function ConfirmTwoWords({
  words,
  positions,
  again,
}: {
  words: readonly string[];
  positions: readonly [number, number];
  /** What leads back to the words. */
  again: ReactNode;
}) {
  const confirm = async (fields: FormData) => {
    const { confirmWords } = await import('./confirm-words.ts');
    const answers = positions.map((position) => ({
      position,
      word: String(fields.get(`word-${position}`)),
    }));
    const { loggedIn } = await confirmWords(words, answers);
    // A page of its own: nothing of this one stays in memory.
    location.assign(loggedIn ? '/inbox' : '/join/mail');
    return 'leaving' as const;
  };
  return (
    <>
      <TwoWordsHeading />
      <SealedTask work={confirm}>{(state) => <TwoWordsFields positions={positions} {...state} />}</SealedTask>
      <p className="form-aside">{again}</p>
    </>
  );
}

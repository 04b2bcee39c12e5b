import { expect } from 'vitest';
import { type LetterReader, openLetter, type SealedLetter } from '#core/crypto/index.ts';
import type { Person } from '#tests/support/crypto-people.ts';

export type Friends = { alpha: Person; beta: Person };

/** A letter that was changed, and what was changed about it. */
export type Change = [what: string, changed: SealedLetter];

export const readers: LetterReader[] = ['receiver', 'author'];

/** Opens as alpha's own copy or as beta, who received it from alpha. */
export function openAs(reader: LetterReader, { alpha, beta }: Friends, letter: SealedLetter) {
  const { identity } = reader === 'author' ? alpha : beta;
  return openLetter({ letter, reader, identity, authorPublicKey: alpha.publicKey });
}

/** Every changed letter is refused; names those that were not, and how they ended. */
export async function expectAllRefused(friends: Friends, changes: Change[], who = readers): Promise<void> {
  const notRefused: string[] = [];
  for (const reader of who) {
    for (const [what, changed] of changes) {
      const outcome = await openAs(reader, friends, changed).then(
        () => 'opened',
        (error) => (error.name === 'CryptoRefusal' ? error.reason : String(error)),
      );
      if (outcome !== 'damaged' && outcome !== 'unknown-suite')
        notRefused.push(`${reader}: ${what}: ${outcome}`);
    }
  }
  expect(notRefused).toEqual([]);
  expect(changes.length).toBeGreaterThan(0);
}

import type { Deps } from '../deps.ts';
import { kilobytesOf, reserveStorage } from '../storage/quota.ts';
import type { NewLetter } from './letter.store.ts';

/**
 * Stores a letter, and counts it in its author's quota, never in its receiver's: nobody can fill the quota of a friend.
 *
 * @returns `exists` when there is one with this id, which is left and counted as it is
 * @throws {AppError} `too-large` when the quota does not hold it.
 */
export async function storeLetter(deps: Deps, letter: NewLetter): Promise<'inserted' | 'exists'> {
  const kilobytes = kilobytesOf(letter.payload.byteLength);
  await reserveStorage(deps, letter.authorId, kilobytes);
  let outcome: 'inserted' | 'exists' | 'failed' = 'failed';
  try {
    outcome = await deps.stores.letters.insert(letter);
    return outcome;
  } finally {
    if (outcome !== 'inserted') await deps.stores.storages.subtract(letter.authorId, kilobytes);
  }
}

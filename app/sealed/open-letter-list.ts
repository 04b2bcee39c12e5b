import type { LetterPage, SealedLetterPage } from '#core/letters/letter-view.ts';
import { nameLetters } from '#core/letters/name-letters.ts';
import type { HeldKeys } from '../keys/keyring.ts';

/** A page of letters with their titles. */
export function openLetterList(keys: HeldKeys, page: SealedLetterPage): Promise<LetterPage> {
  return nameLetters(keys, page);
}

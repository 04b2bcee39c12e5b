import type { AccountKeys } from '../account-keys.ts';
import { isCryptoRefusal, openHeading } from '../crypto/index.ts';
import type { LetterPage, SealedLetterPage } from './letter-view.ts';

/** Opens the titles of a page of letters. */
export async function nameLetters(
  keys: AccountKeys,
  { letters, nextCursor }: SealedLetterPage,
): Promise<LetterPage> {
  return {
    letters: await Promise.all(
      letters.map(async ({ heading, ...letter }) => {
        const ref = { letterId: letter.id, userId: keys.userId };
        return { ...letter, title: heading && (await openTitle(keys.masterKey, ref, heading)) };
      }),
    ),
    nextCursor,
  };
}

/** Returns null for a title sealed under replaced keys. */
async function openTitle(...sealed: Parameters<typeof openHeading>): Promise<string | null> {
  try {
    return await openHeading(...sealed);
  } catch (error) {
    if (isCryptoRefusal(error)) return null;
    throw error;
  }
}

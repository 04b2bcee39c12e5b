import { type Opening, openSealed, type SealedData } from '#app/modes/open-sealed.ts';
import type { LetterPage, SealedLetterPage } from '#core/letters/letter-view.ts';

/** A page of letters, its titles sealed or not. */
export interface ListData extends LetterPage {
  older: boolean;
  sealed: SealedData | null;
  opening: Opening;
}

/** All of a list but the titles, for the first look at it. */
export function withoutTitles({ letters, nextCursor }: SealedLetterPage): LetterPage {
  return { letters: letters.map(({ heading: _, ...letter }) => ({ ...letter, title: null })), nextCursor };
}

/** Opens the titles of a list, if they are sealed. */
export async function openTitles(list: ListData): Promise<ListData> {
  if (!list.sealed) return list;
  const opened = await openSealed(
    list.sealed,
    async () => (await import('#core/letters/name-letters.ts')).nameLetters,
  );
  if (opened === 'away') return { ...list, opening: 'away' };
  return { ...list, ...opened, sealed: null, opening: 'open' };
}

import { type Opening, openSealed, type SealedData } from '#app/modes/open-sealed.ts';
import type { LetterView, ReadableLetter } from '#core/letters/letter-view.ts';
import type { SealedPhotos } from './open-letter-page.ts';

/** The letter of a page, sealed or not. */
export interface LetterData {
  /** Who wrote it, as the title of the page says. */
  from: string;
  /** Null while it is sealed. */
  letter: ReadableLetter | null;
  /** How many photos it has: that is no secret. */
  photoCount: number;
  /** Of a letter that was opened here; what the server opened comes with its photos open. */
  photos?: SealedPhotos;
  sealed: SealedData | null;
  opening: Opening;
}

/**
 * Opens the letter of a page, if it is sealed.
 *
 * @param id which letter the address of the page names
 */
export async function openLoadedLetter(loaded: LetterData, id = ''): Promise<LetterData> {
  if (!loaded.sealed) return loaded;
  const opened = await openSealed<LetterView, Pick<LetterData, 'letter' | 'photos'>>(
    loaded.sealed,
    async () => {
      const { openLetterPage } = await import('./open-letter-page.ts');
      return (keys, view) => openLetterPage(keys, id, view);
    },
  );
  if (opened === 'away') return { ...loaded, opening: 'away' };
  return { ...loaded, ...opened, sealed: null, opening: 'open' };
}

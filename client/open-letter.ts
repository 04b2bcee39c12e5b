import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, type PhotoVariant } from '#core/crypto/index.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import type { ReadableLetter } from '#core/letters/letter-view.ts';
import { openLetter as openSealed } from '#core/letters/open-letter.ts';
import { openLetterPhoto } from '#core/photos/open-letter-photo.ts';
import { BffError, calling } from './bff-error.ts';

/** An opened letter. If it couldn't be opened, `content` is null and `seal` says why. */
export interface OpenedLetter extends ReadableLetter {
  /**
   * Loads one of its photos, counted from 0.
   * @throws BffError `not-found`; `damaged` unless the bytes are as the author sealed them and the
   *   picture is as the letter describes it
   */
  photo(n: number, size?: PhotoVariant): Promise<{ bytes: Bytes; mediaType: string }>;
}

/** Opens a letter and records the receiver's first reading. @throws BffError */
export async function openLetter(access: LetterAccess, id: string): Promise<OpenedLetter> {
  const { api } = access;
  const view = await calling(() => api.letters.get.query({ id }));
  const { letter, opened } = await calling(() => openSealed(access, id, view));
  return {
    ...letter,
    async photo(n, size = 'full') {
      const [entry, seal] = [opened?.content.photos[n], view.letter.photos[n]];
      if (!opened || !entry || !seal) throw new BffError('not-found', "This photo isn't here.");
      const { bytes: sealed } = await calling(() => api.letters.photo.query({ id, n, size }));
      const hash = size === 'full' ? seal.fullHash : seal.previewHash;
      const place = { letterId: id, photo: entry, variant: size };
      try {
        return { bytes: await openLetterPhoto(opened.key, place, sealed, hash), mediaType: entry.mediaType };
      } catch (cause) {
        if (!isCryptoRefusal(cause)) throw cause;
        throw new BffError('damaged', 'This photo is damaged.', { cause });
      }
    },
  };
}

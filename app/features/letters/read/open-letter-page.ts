import { browserApi } from '#app/browser/browser-api.ts';
import type { PhotoVariant } from '#app/browser/keys/crypto.ts';
import type { HeldKeys } from '#app/browser/keys/held-keys.ts';
import { pinKeeper } from '#app/browser/keys/pin-keeper.ts';
import type { PhotoToOpen } from '#app/browser/photos/photo-messages.ts';
import type { Bytes } from '#core/bytes.ts';
import { checkFriendKey } from '#core/friends/friend-key.ts';
import type { LetterView, ReadableLetter } from '#core/letters/letter-view.ts';
import type { OpenedView } from '#core/letters/open-letter-view.ts';
import { type ReadingDesk, readLetter } from '#core/letters/read-letter.ts';

/** A letter that was opened here, with what opens its photos. */
export interface LetterOpenedHere {
  letter: ReadableLetter;
  photos: SealedPhotos;
}

/** A letter's photos in their two sizes, in its order, still sealed. */
export type SealedPhotos = Record<PhotoVariant, PhotoToOpen[]>;

/** Opens a letter in the browser, for its page. */
export async function openLetterPage(
  keys: HeldKeys,
  id: string,
  view: LetterView,
): Promise<LetterOpenedHere> {
  const { letter, opened } = await readLetter(keys, id, view, readingDesk(keys, view));
  return { letter, photos: photosOf(view, opened) };
}

/** What reading leaves behind is written behind the reader's back: the letter does not wait for it. */
function readingDesk(keys: HeldKeys, { friend }: LetterView): ReadingDesk {
  const keeper = pinKeeper(keys);
  const { memory } = keeper;
  return {
    ...keeper,
    save: async () => {
      // The server may have other pins by now: asked again, and a key that was seen elsewhere meanwhile is left as it is.
      if (friend) checkFriendKey(keys, keeper, friend).catch(() => undefined);
      return true;
    },
    // Only what the server has is remembered, once it has it.
    memory: memory && { recall: memory.recall, remember: async () => undefined },
    markRead: async (id, heading) => {
      // A reading that is not recorded now is recorded the next time.
      browserApi.letters.markRead.mutate({ id, heading }).catch(() => undefined);
      return new Date();
    },
  };
}

function photosOf({ letter }: LetterView, opened: OpenedView['opened']): SealedPhotos {
  const { letterId } = letter;
  const key: Bytes | undefined = opened?.key;
  const inSize = (variant: PhotoVariant): PhotoToOpen[] =>
    (opened?.content.photos ?? []).flatMap((photo, n) => {
      const seal = letter.photos[n];
      const expectedHash = variant === 'full' ? seal?.fullHash : seal?.previewHash;
      if (!key || !expectedHash) return [];
      const url = `/letters/${letterId}/photos/${n}${variant === 'preview' ? '?size=preview' : ''}`;
      return [{ url, key, place: { letterId, photo, variant }, expectedHash }];
    });
  return { full: inSize('full'), preview: inSize('preview') };
}

import type { Bytes } from '../bytes.ts';
import {
  CryptoRefusal,
  type PhotoManifestEntry,
  type PhotoSeal,
  type PhotoVariant,
} from '../crypto/index.ts';
import { loadDraft } from '../drafts/load-draft.ts';
import type { LetterAccess } from '../letter-access.ts';
import { openLetterPhoto } from '../photos/open-letter-photo.ts';
import { withSecret } from '../with-secret.ts';
import { openLetterView, openStampView } from './open-letter-view.ts';

const stampMediaType = 'image/webp';

export interface OpenedPhoto {
  bytes: Bytes;
  mediaType: string;
}

interface PhotoPlace<Place> {
  id: string;
  /** Counted from 0. For a draft, alternatively the photo's id, since its position can change. */
  n: Place;
  size: PhotoVariant;
}

type Access = Pick<LetterAccess, 'keys' | 'api'>;

/**
 * Opens one photo of a letter.
 * @returns null if the letter doesn't open, or has no such photo
 * @throws CryptoRefusal if the photo is damaged; `not-found` for anyone but the two friends
 */
export async function openPhoto(access: Access, place: PhotoPlace<number>): Promise<OpenedPhoto | null> {
  const view = await access.api.letters.get.query({ id: place.id });
  const { opened } = await openLetterView(access.keys, place.id, view);
  if (!opened) return null;
  const { content, key } = opened;
  return withSecret(key, () =>
    openOne(access.api.letters, place, key, content.photos[place.n], view.letter.photos[place.n]),
  );
}

/**
 * Opens one photo of a draft.
 * @returns null if it has no such photo
 * @throws CryptoRefusal if the draft or the photo is damaged; `not-found` for anyone but its author
 */
export async function openDraftPhoto(
  access: Access,
  place: PhotoPlace<number | string>,
): Promise<OpenedPhoto | null> {
  const { key, content, photos } = await loadDraft(access, place.id);
  const at = content.photos.findIndex(({ photoId }, n) => n === place.n || photoId === place.n);
  return withSecret(key, () => openOne(access.api.drafts, place, key, content.photos[at], photos[at]));
}

async function openOne<Place>(
  api: { photo: { query(place: PhotoPlace<Place>): Promise<{ bytes: Bytes }> } },
  place: PhotoPlace<Place>,
  key: Bytes,
  photo: PhotoManifestEntry | undefined,
  seal: PhotoSeal | undefined,
): Promise<OpenedPhoto | null> {
  if (!photo || !seal) return null;
  const { id: letterId, size: variant } = place;
  const sealed = await api.photo.query(place);
  if (seal.photoId !== photo.photoId) throw new CryptoRefusal('damaged', 'This is another photo.');
  const expectedHash = variant === 'full' ? seal.fullHash : seal.previewHash;
  return {
    bytes: await openLetterPhoto(key, { letterId, photo, variant }, sealed.bytes, expectedHash),
    mediaType: photo.mediaType,
  };
}

/**
 * Opens a letter's painted stamp.
 * @returns null if it doesn't open; the drawn one stays
 * @throws `not-found` if the stamp isn't painted
 */
export async function openStamp({ keys, api }: Access, id: string): Promise<OpenedPhoto | null> {
  const bytes = await openStampView(keys, await api.stamps.get.query({ id }));
  return bytes && { bytes, mediaType: stampMediaType };
}

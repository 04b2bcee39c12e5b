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

/** Of every painted stamp: server/stamps makes them so. */
const stampMediaType = 'image/webp';

/** A photo as its file: opened, and checked against the hash and the description its author sealed. */
export interface OpenedPhoto {
  bytes: Bytes;
  mediaType: string;
}

interface PhotoPlace<Place> {
  id: string;
  /** Counted from 0; of a draft also the photo's id, as its place changes when the photos are put in another order. */
  n: Place;
  size: PhotoVariant;
}

type Access = Pick<LetterAccess, 'keys' | 'api'>;

/**
 * Opens one photo of a letter.
 * @returns null when the letter does not open, or has no such photo
 * @throws CryptoRefusal when the photo is damaged; `not-found` for anybody but the two friends
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
 * @returns null when it has no such photo
 * @throws CryptoRefusal when the draft or the photo is damaged; `not-found` for anybody but its author
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
 * Opens the painted stamp of a letter.
 * @returns null when it does not open, and the drawn one stays
 * @throws `not-found` while its stamp is drawn
 */
export async function openStamp({ keys, api }: Access, id: string): Promise<OpenedPhoto | null> {
  const bytes = await openStampView(keys, await api.stamps.get.query({ id }));
  return bytes && { bytes, mediaType: stampMediaType };
}

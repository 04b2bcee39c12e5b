import type { Bytes } from '#core/bytes.ts';
import { openLetterView } from '#core/letters/open-letter-view.ts';
import { openLetterPhoto } from '#core/photos/open-letter-photo.ts';
import { wiping } from '#core/wiping.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { orDamaged, type PhotoPlace, photoMissing } from '../photos/photo-place.ts';
import { findOwnLetter, viewLetter } from './view-letter.ts';

/**
 * One photo of a letter, decrypted and checked against the hash and the description its author sealed.
 *
 * @throws {AppError} `not-found` for anybody but the two friends, and for a photo that is missing or damaged.
 */
export async function readPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: PhotoPlace,
): Promise<{ bytes: Bytes; mediaType: string }> {
  const view = await viewLetter(deps, actor, id);
  const { opened } = await openLetterView(await actor.keys(), id, view);
  const entry = opened?.content.photos[n];
  const seal = view.letter.photos[n];
  const stored = entry && (await deps.stores.photos.findVariant(entry.photoId, id, size));
  if (!opened || !entry || !seal || !stored) throw photoMissing();
  const place = { letterId: id, photo: entry, variant: size };
  const expectedHash = size === 'full' ? seal.fullHash : seal.previewHash;
  const bytes = wiping(opened.key, (key) => openLetterPhoto(key, place, stored, expectedHash));
  return { bytes: await orDamaged(deps, { letterId: id, n }, bytes), mediaType: entry.mediaType };
}

/**
 * The same photo as it is kept, sealed.
 *
 * @throws {AppError} `not-found` for anybody but the two friends, and for a photo that is missing.
 */
export async function fetchSealedPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: PhotoPlace,
): Promise<{ bytes: Bytes }> {
  const { photoIds } = await findOwnLetter(deps, actor, id);
  const bytes = photoIds[n] && (await deps.stores.photos.findVariant(photoIds[n], id, size));
  if (!bytes) throw photoMissing();
  return { bytes };
}

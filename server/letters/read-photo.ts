import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, openPhoto, type PhotoVariant } from '#core/crypto/index.ts';
import { openLetterView } from '#core/letters/open-letter-view.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findOwnLetter, viewLetter } from './view-letter.ts';

interface PhotoPlace {
  id: string;
  /** Counted from 0. */
  n: number;
  size: PhotoVariant;
}

/**
 * One photo of a letter, decrypted and checked against the hash its author sealed.
 *
 * @throws {AppError} `not-found` for anybody but the two friends, and for a photo that is missing or damaged.
 */
export async function readPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: PhotoPlace,
): Promise<{ bytes: Bytes; mediaType: string }> {
  const view = await viewLetter(deps, actor, id);
  const { opened } = await openLetterView(await actor.keys(), view);
  const entry = opened?.content.photos[n];
  const seal = view.letter.photos[n];
  const stored = entry && (await deps.stores.photos.findVariant(entry.photoId, id, size));
  if (!opened || !entry || !seal || !stored) throw photoMissing();
  const ref = { letterId: id, photoId: entry.photoId, variant: size };
  const expectedHash = size === 'full' ? seal.fullHash : seal.previewHash;
  try {
    return { bytes: await openPhoto(opened.key, ref, stored, expectedHash), mediaType: entry.mediaType };
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    deps.log.error('photo does not authenticate', { letterId: id, n });
    throw new AppError('not-found', 'This photo is damaged.');
  }
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

const photoMissing = () => new AppError('not-found', 'This photo is not here.');

import type { Bytes } from '#core/bytes.ts';
import { CryptoRefusal, openPhoto, type PhotoVariant } from '#core/crypto/index.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { fromPhotoColumns } from '../photos/photo-columns.ts';
import { openLetter } from './open-letter.ts';

/**
 * One photo of a letter, decrypted and checked against the hash its author sealed.
 *
 * @param n counted from 0
 * @throws {AppError} `not-found` for anybody but the two friends, and for a photo that is missing or damaged.
 */
export async function readPhoto(
  deps: Deps,
  actor: Actor,
  input: { id: string; n: number; size: PhotoVariant },
): Promise<{ bytes: Bytes; mediaType: string }> {
  const { letter, opened } = await openLetter(deps, actor, input.id);
  const entry = opened?.content.photos[input.n];
  const seal = fromPhotoColumns(letter)[input.n];
  const stored = entry && (await deps.stores.photos.find(entry.photoId, input.id));
  if (!opened || !entry || !seal || !stored) throw new AppError('not-found', 'This photo is not here.');
  const ref = { letterId: input.id, photoId: entry.photoId, variant: input.size };
  const expectedHash = input.size === 'full' ? seal.fullHash : seal.previewHash;
  try {
    return {
      bytes: await openPhoto(opened.key, ref, stored[input.size], expectedHash),
      mediaType: entry.mediaType,
    };
  } catch (error) {
    if (!(error instanceof CryptoRefusal)) throw error;
    deps.log.error('photo does not authenticate', { letterId: input.id, n: input.n });
    throw new AppError('not-found', 'This photo is damaged.');
  }
}

import type { Deps } from '../deps.ts';
import { kilobytesOf, reserveStorage } from '../storage/quota.ts';
import type { StoredPhoto } from './photo.store.ts';

/**
 * Stores a photo and counts it in its author's quota.
 *
 * @returns `exists` when there is one with this id, which stays unchanged and is not counted again
 * @throws {AppError} `too-large` when the quota is full.
 */
export async function storePhoto(
  deps: Deps,
  photo: Omit<StoredPhoto, 'kilobytes'>,
): Promise<'inserted' | 'exists'> {
  const kilobytes = kilobytesOf(photo.full.byteLength + photo.preview.byteLength);
  await reserveStorage(deps, photo.authorId, kilobytes);
  let outcome: 'inserted' | 'exists' | 'failed' = 'failed';
  try {
    outcome = await deps.stores.photos.insert({ ...photo, kilobytes });
    return outcome;
  } finally {
    if (outcome !== 'inserted') await deps.stores.storages.subtract(photo.authorId, kilobytes);
  }
}

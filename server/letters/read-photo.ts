import type { Bytes } from '#core/bytes.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { type PhotoPlace, photoMissing } from '../photos/photo-place.ts';
import { findOwnLetter } from './view-letter.ts';

/**
 * Reads one sealed photo of a letter.
 *
 * @throws {AppError} `not-found` unless the user is its author or receiver, and for a missing
 *   photo.
 */
export async function readPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: PhotoPlace,
): Promise<{ bytes: Bytes }> {
  const { photoIds } = await findOwnLetter(deps, actor, id);
  const bytes = photoIds[n] && (await deps.stores.photos.findVariant(photoIds[n], id, size));
  if (!bytes) throw photoMissing();
  return { bytes };
}

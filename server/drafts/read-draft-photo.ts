import type { Bytes } from '#core/bytes.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { type DraftPhotoPlace, photoMissing } from '../photos/photo-place.ts';

/**
 * Reads one sealed photo of a draft.
 *
 * @throws {AppError} `not-found` for another user's draft, an unknown one, or a photo it does not
 *   have.
 */
export async function readDraftPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: DraftPhotoPlace,
): Promise<{ bytes: Bytes }> {
  const draft = await deps.stores.drafts.find(id, actor.userId);
  const photoId = draft?.photoIds.find((photoId, at) => at === n || photoId === n);
  const bytes = photoId && (await deps.stores.photos.findVariant(photoId, id, size));
  if (!bytes) throw photoMissing();
  return { bytes };
}

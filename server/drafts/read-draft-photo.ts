import type { Bytes } from '#core/bytes.ts';
import { openLetterPhoto } from '#core/photos/open-letter-photo.ts';
import { wiping } from '#core/wiping.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { type DraftPhotoPlace, orDamaged, photoMissing } from '../photos/photo-place.ts';
import { openDraft } from './open-draft.ts';

/**
 * One photo of a draft of one's own.
 *
 * @throws {AppError} `not-found` for another's draft, an unknown one, or a photo it does not have or that is damaged.
 */
export async function readDraftPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: DraftPhotoPlace,
): Promise<{ bytes: Bytes; mediaType: string }> {
  const draft = await openDraft(deps, actor, id);
  const entry = draft?.content.photos.find(({ photoId }, at) => at === n || photoId === n);
  const stored = entry && (await deps.stores.photos.findVariant(entry.photoId, id, size));
  if (!draft || !entry || !stored) throw photoMissing();
  const place = { letterId: id, photo: entry, variant: size };
  const bytes = wiping(draft.key, (key) => openLetterPhoto(key, place, stored, undefined));
  return { bytes: await orDamaged(deps, { draftId: id, n }, bytes), mediaType: entry.mediaType };
}

/**
 * The same photo as it is kept, sealed.
 *
 * @throws {AppError} `not-found` for another's draft, an unknown one, or a photo it does not have.
 */
export async function fetchSealedDraftPhoto(
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

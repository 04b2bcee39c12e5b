import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, openPhoto, type PhotoVariant } from '#core/crypto/index.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { openDraft } from './open-draft.ts';

interface PhotoPlace {
  id: string;
  /** Counted from 0. */
  n: number;
  size: PhotoVariant;
}

/**
 * One photo of a draft of one's own.
 *
 * @throws {AppError} `not-found` for another's draft, an unknown one, or a photo it does not have or that is damaged.
 */
export async function readDraftPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: PhotoPlace,
): Promise<{ bytes: Bytes; mediaType: string }> {
  const draft = await openDraft(deps, actor, id);
  const entry = draft?.content.photos[n];
  const stored = entry && (await deps.stores.photos.findVariant(entry.photoId, id, size));
  if (!draft || !entry || !stored) throw photoMissing();
  try {
    const ref = { letterId: id, photoId: entry.photoId, variant: size };
    return { bytes: await openPhoto(draft.key, ref, stored), mediaType: entry.mediaType };
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    deps.log.error('photo does not authenticate', { draftId: id, n });
    throw new AppError('not-found', 'This photo is damaged.');
  }
}

/**
 * The same photo as it is kept, sealed.
 *
 * @throws {AppError} `not-found` for another's draft, an unknown one, or a photo it does not have.
 */
export async function fetchSealedDraftPhoto(
  deps: Deps,
  actor: Actor,
  { id, n, size }: PhotoPlace,
): Promise<{ bytes: Bytes }> {
  const photoId = (await deps.stores.drafts.find(id, actor.userId))?.photoIds[n];
  const bytes = photoId && (await deps.stores.photos.findVariant(photoId, id, size));
  if (!bytes) throw photoMissing();
  return { bytes };
}

const photoMissing = () => new AppError('not-found', 'This photo is not here.');

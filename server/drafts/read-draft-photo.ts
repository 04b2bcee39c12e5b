import type { Bytes } from '#core/bytes.ts';
import { CryptoRefusal, openPhoto, type PhotoVariant } from '#core/crypto/index.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { openDraft } from './open-draft.ts';

/**
 * One photo of a draft of one's own.
 *
 * @param n counted from 0
 * @throws {AppError} `not-found` for another's draft, an unknown one, or a photo it does not have or that is damaged.
 */
export async function readDraftPhoto(
  deps: Deps,
  actor: Actor,
  input: { id: string; n: number; size: PhotoVariant },
): Promise<{ bytes: Bytes; mediaType: string }> {
  const draft = await openDraft(deps, actor, input.id);
  const entry = draft?.content.photos[input.n];
  const stored = entry && (await deps.stores.photos.find(entry.photoId, input.id));
  if (!draft || !entry || !stored) throw new AppError('not-found', 'This photo is not here.');
  const ref = { letterId: input.id, photoId: entry.photoId, variant: input.size };
  try {
    return { bytes: await openPhoto(draft.key, ref, stored[input.size]), mediaType: entry.mediaType };
  } catch (error) {
    if (!(error instanceof CryptoRefusal)) throw error;
    deps.log.error('photo does not authenticate', { draftId: input.id, n: input.n });
    throw new AppError('not-found', 'This photo is damaged.');
  }
}

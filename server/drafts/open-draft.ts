import type { Bytes } from '#core/bytes.ts';
import {
  CryptoRefusal,
  type LetterContent,
  openDraft as openSealedDraft,
  openStampIdea,
  type PhotoSeal,
  unwrapLetterKey,
} from '#core/crypto/index.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { fromPhotoColumns } from '../photos/photo-columns.ts';
import type { StoredDraft } from './draft.store.ts';

export interface OpenDraft {
  id: string;
  receiverId: string | null;
  version: number;
  updatedAt: Date;
  /** The key of the letter this draft will be. */
  key: Bytes;
  content: LetterContent;
  /** Empty for none. */
  stampIdea: string;
  /** The sealed photos, in the order of the letter. */
  photos: PhotoSeal[];
}

/**
 * A draft of one's own, opened in memory; null when there is none with this id.
 *
 * @throws {AppError} `not-found` when it is damaged, so that nothing is saved or sent in its place.
 */
export async function openDraft(deps: Deps, actor: Actor, draftId: string): Promise<OpenDraft | null> {
  const draft = await deps.stores.drafts.find(draftId, actor.userId);
  if (!draft) return null;
  try {
    return await unsealDraft(actor, draft);
  } catch (error) {
    if (!(error instanceof CryptoRefusal)) throw error;
    deps.log.error('draft does not authenticate', { draftId });
    throw new AppError('not-found', 'This draft is damaged and cannot be opened.');
  }
}

/** Opens what is in a draft's document. @throws {CryptoRefusal} when it is damaged. */
export async function unsealDraft(actor: Actor, draft: StoredDraft): Promise<OpenDraft> {
  const { masterKey } = await actor.keys();
  const key = await unwrapLetterKey(masterKey, { letterId: draft.id, userId: actor.userId }, draft.sealedKey);
  const content = await openSealedDraft(key, { draftId: draft.id, authorId: actor.userId }, draft.payload);
  const stampIdea = draft.stampIdea ? await openStampIdea(masterKey, 'draft', draft.id, draft.stampIdea) : '';
  const { id, receiverId, version, updatedAt } = draft;
  return { id, receiverId, version, updatedAt, key, content, stampIdea, photos: fromPhotoColumns(draft) };
}

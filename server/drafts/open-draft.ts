import type { Bytes } from '#core/bytes.ts';
import {
  type LetterContent,
  openDraft as openSealedDraft,
  type PhotoSeal,
  unwrapLetterKey,
} from '#core/crypto/index.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
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
  /** The sealed photos, in the order of the letter. */
  photos: PhotoSeal[];
}

/** A draft of one's own, opened in memory; null when there is none with this id. */
export async function openDraft(deps: Deps, actor: Actor, draftId: string): Promise<OpenDraft | null> {
  const draft = await deps.stores.drafts.find(draftId, actor.userId);
  return draft && unsealDraft(actor, draft);
}

/** Opens what is in a draft's document. */
export async function unsealDraft(actor: Actor, draft: StoredDraft): Promise<OpenDraft> {
  const { masterKey } = await actor.keys();
  const key = await unwrapLetterKey(masterKey, { letterId: draft.id, userId: actor.userId }, draft.sealedKey);
  const content = await openSealedDraft(key, { draftId: draft.id, authorId: actor.userId }, draft.payload);
  const { id, receiverId, version, updatedAt } = draft;
  return { id, receiverId, version, updatedAt, key, content, photos: fromPhotoColumns(draft) };
}

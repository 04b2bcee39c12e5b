import { CryptoRefusal } from '#core/crypto/index.ts';
import type { PageInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { StoredDraft } from './draft.store.ts';
import { unsealDraft } from './open-draft.ts';

export interface DraftSummary {
  id: string;
  title: string;
  /** The first words of the body. */
  excerpt: string;
  /** The friend it is meant for, if one is chosen. */
  to: string | null;
  photoCount: number;
  updatedAt: Date;
}

/** One page of a person's drafts, last saved first. */
export async function listDrafts(
  deps: Deps,
  actor: Actor,
  page: PageInput,
): Promise<{ drafts: DraftSummary[]; nextCursor: string | null }> {
  const { items, nextCursor } = await deps.stores.drafts.list(actor.userId, {
    ...page,
    limit: limits.pageSize,
  });
  const drafts = await Promise.all(items.map((item) => unsealOrMark(deps, actor, item)));
  const receivers = await deps.stores.users.findManyByIds(drafts.flatMap((draft) => draft.receiverId ?? []));
  const names = new Map(receivers.map((user) => [user.id, user.username]));
  return {
    drafts: drafts.map((draft) => ({
      id: draft.id,
      title: draft.content.title,
      excerpt: draft.content.body.trim().slice(0, 140),
      to: (draft.receiverId && names.get(draft.receiverId)) ?? null,
      photoCount: draft.photos.length,
      updatedAt: draft.updatedAt,
    })),
    nextCursor,
  };
}

/** One damaged draft must not take the whole list with it: it says what it is, and can be discarded. */
async function unsealOrMark(deps: Deps, actor: Actor, draft: StoredDraft) {
  try {
    return await unsealDraft(actor, draft);
  } catch (error) {
    if (!(error instanceof CryptoRefusal)) throw error;
    deps.log.error('draft does not authenticate', { draftId: draft.id });
    const content = { title: '', body: 'This draft is damaged and cannot be opened.', photos: [] };
    return { id: draft.id, receiverId: draft.receiverId, updatedAt: draft.updatedAt, content, photos: [] };
  }
}

import type { DraftView, SealedDraftPage } from '#core/drafts/draft-view.ts';
import type { DraftPageInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { fromPhotoColumns } from '../photos/photo-columns.ts';
import type { StoredDraft } from './draft.store.ts';

/** Reads one of the user's own drafts, sealed; null when there is none with this id. */
export async function viewDraft(deps: Deps, actor: Actor, draftId: string): Promise<DraftView | null> {
  const draft = await deps.stores.drafts.find(draftId, actor.userId);
  return draft && ((await describe(deps, [draft]))[0] ?? null);
}

export async function viewDrafts(
  deps: Deps,
  actor: Actor,
  { cursor, inTrash }: DraftPageInput,
): Promise<SealedDraftPage> {
  const page = { cursor, limit: limits.pageSize };
  const { items, nextCursor } = await deps.stores.drafts.list(actor.userId, page, inTrash);
  return { drafts: await describe(deps, items), nextCursor };
}

async function describe(deps: Deps, drafts: StoredDraft[]): Promise<DraftView[]> {
  const receivers = await deps.stores.users.findManyByIds(drafts.flatMap((draft) => draft.receiverId ?? []));
  const names = new Map(receivers.map((user) => [user.id, user.username]));
  return drafts.map((draft) => ({
    id: draft.id,
    to: (draft.receiverId && names.get(draft.receiverId)) ?? null,
    version: draft.version,
    updatedAt: draft.updatedAt,
    payload: draft.payload,
    sealedKey: draft.sealedKey,
    stampIdea: draft.stampIdea,
    photos: fromPhotoColumns(draft),
  }));
}

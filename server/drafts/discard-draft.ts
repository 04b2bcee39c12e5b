import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';

/** Throws a draft and its photos away. Doing it twice changes nothing. */
export async function discardDraft(deps: Deps, actor: Actor, draftId: string): Promise<void> {
  const draft = await deps.stores.drafts.find(draftId, actor.userId);
  if (!draft || !(await deps.stores.drafts.delete(draftId, actor.userId))) return;
  // A letter with this id was sent from the same draft at the same moment: its photos are the letter's now.
  if (await deps.stores.letters.findById(draftId)) return;
  await deps.stores.photos.deleteMany(draft.photos.map((photo) => photo.photoId), actor.userId);
}

import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';

/**
 * Throws a draft away, and with it the only copy of its key: its photos are unreadable from here on, and the collector
 * deletes them. Doing it twice changes nothing.
 */
export async function discardDraft(deps: Deps, actor: Actor, draftId: string): Promise<void> {
  await deps.stores.drafts.delete(draftId, actor.userId);
}

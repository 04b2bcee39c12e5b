import { MINUTE } from '#core/durations.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { draftCollect } from '../photos/photo.jobs.ts';
import { enqueue } from '../queue/enqueue.ts';

const COLLECT_AFTER_MS = MINUTE;

/**
 * Deletes a draft and the only copy of its key. Its photos become unreadable at once and are
 * deleted a minute later, which frees their storage. Repeating it changes nothing.
 */
export async function discardDraft(deps: Deps, actor: Actor, draftId: string): Promise<void> {
  if (!(await deps.stores.drafts.delete(draftId, actor.userId))) return;
  try {
    // A letter being sent from the draft right now is stored by then, and keeps its photos.
    await enqueue(deps.queue, draftCollect, { draftId }, { delay: COLLECT_AFTER_MS });
  } catch (error) {
    deps.log.error('photos of a draft not collected yet', { draftId, ...describeError(error) });
  }
}

import { MINUTE } from '#core/durations.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { draftCollect } from '../photos/photo.jobs.ts';
import { enqueue } from '../queue/enqueue.ts';

const COLLECT_AFTER_MS = MINUTE;

/**
 * Throws a draft away, and with it the only copy of its key: its photos are unreadable from here on, and deleted a minute
 * later, which frees their storage. Doing it twice changes nothing.
 */
export async function discardDraft(deps: Deps, actor: Actor, draftId: string): Promise<void> {
  if (!(await deps.stores.drafts.delete(draftId, actor.userId))) return;
  try {
    // A letter that is being sent from it at this moment is stored by then, and keeps its photos.
    await enqueue(deps.queue, draftCollect, { draftId }, { delay: COLLECT_AFTER_MS });
  } catch (error) {
    deps.log.error('photos of a draft not collected yet', { draftId, ...describeError(error) });
  }
}

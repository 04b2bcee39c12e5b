import { letterDeliver, letterNotifyEmail } from '#server/letters/letter.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import type { WorkerDeps } from './deps.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** Younger letters are most likely on their way through the queue. */
const GRACE_MS = 10 * SECOND;
const STUCK_MS = HOUR;
/** Who was not told within a day is not told any more; the letter waits in the inbox. */
const NOTICE_MS = 24 * HOUR;
const BATCH = 200;

/**
 * Enqueues what a crash or an unreachable queue left behind: letters still `queued`, and delivered letters whose
 * receiver was not told. What is in the queue already is not added again.
 */
export async function sweepOutbox(
  deps: Pick<WorkerDeps, 'stores' | 'queue' | 'log' | 'now'>,
): Promise<string> {
  const now = deps.now().getTime();
  const queued = await deps.stores.letters.listQueued(new Date(now - GRACE_MS), BATCH);
  for (const { id } of queued) await enqueue(deps.queue, letterDeliver, { letterId: id });
  const untold = await deps.stores.letters.listUntold(
    { deliveredAfter: new Date(now - NOTICE_MS), deliveredBefore: new Date(now - GRACE_MS) },
    BATCH,
  );
  for (const { id } of untold) await enqueue(deps.queue, letterNotifyEmail, { letterId: id });

  const stuck = queued.filter(({ sentAt }) => now - sentAt.getTime() > STUCK_MS).length;
  if (stuck > 0) deps.log.error('letters stuck', { count: stuck });
  if (queued.length > 0 || untold.length > 0) {
    deps.log.info('outbox swept', { queued: queued.length, untold: untold.length });
  }
  return `${queued.length} queued, ${untold.length} untold`;
}

import { HOUR } from '#core/durations.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { describeError } from '#server/log.ts';
import type { Job } from '#server/queue/queue.ts';
import { letterStamp } from '#server/stamps/stamp.jobs.ts';
import type { WorkerDeps } from './deps.ts';

/** How long the sweeper retries a letter before it is shown as failed, ms. */
const SLOW_AFTER_MS = HOUR;

/**
 * Handles a job that has used up its attempts. Shows a letter that could not be delivered for an
 * hour as failed to its author, who can send it again; a younger one stays `queued` for the
 * sweeper. A stamp that could not be painted stays drawn, and its idea is deleted. Idempotent;
 * never throws.
 */
export async function recordFailure(
  deps: Pick<WorkerDeps, 'stores' | 'log' | 'now'>,
  job: Pick<Job, 'name' | 'data'>,
): Promise<void> {
  if (job.name === letterStamp.name) return forgetIdea(deps, job.data);
  if (job.name !== letterDeliver.name) return;
  const payload = letterDeliver.payload.safeParse(job.data);
  if (!payload.success) return;
  const { letterId } = payload.data;
  const { letters } = deps.stores;
  try {
    const letter = await letters.findById(letterId);
    const since = letter?.deliverAt ?? letter?.sentAt;
    if (!since || deps.now().getTime() - since.getTime() < SLOW_AFTER_MS) return;
    if (await letters.markFailed(letterId, 'delivery-failed')) {
      deps.log.error('letter failed', { letterId, reason: 'delivery-failed' });
    }
  } catch (error) {
    deps.log.error('failure not recorded', { letterId, ...describeError(error) });
  }
}

async function forgetIdea({ stores, log }: Pick<WorkerDeps, 'stores' | 'log'>, data: unknown): Promise<void> {
  const payload = letterStamp.payload.safeParse(data);
  if (!payload.success) return;
  const { letterId } = payload.data;
  try {
    await stores.stampIdeas.forget(letterId);
    log.error('stamp not painted', { letterId });
  } catch (error) {
    log.error('failure not recorded', { letterId, ...describeError(error) });
  }
}

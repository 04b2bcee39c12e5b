import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { describeError } from '#server/log.ts';
import type { Job } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * What follows when a job has failed for good: a letter that could not be delivered says so to its author, who can send
 * it again. Safe to call twice. Never throws: if the database is away as well, the letter stays `queued` and is swept.
 */
export async function recordFailure(
  deps: Pick<WorkerDeps, 'stores' | 'log'>,
  job: Pick<Job, 'name' | 'data'>,
): Promise<void> {
  if (job.name !== letterDeliver.name) return;
  const payload = letterDeliver.payload.safeParse(job.data);
  if (!payload.success) return;
  const { letterId } = payload.data;
  try {
    if (await deps.stores.letters.markFailed(letterId, 'delivery-failed')) {
      deps.log.error('letter failed', { letterId, reason: 'delivery-failed' });
    }
  } catch (error) {
    deps.log.error('failure not recorded', { letterId, ...describeError(error) });
  }
}

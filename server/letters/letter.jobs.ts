import { z } from 'zod';
import { SECOND } from '#core/durations.ts';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

const id = z.string().refine(isId, 'not an id');

export const letterDeliver = defineJob({
  name: 'letter.deliver',
  payload: z.strictObject({ letterId: id }),
  // Attempts for two minutes; the sweeper retries letters that are still `queued` after that.
  options: ({ letterId }) => ({
    attempts: 8,
    backoff: { type: 'exponential', delay: SECOND, jitter: 0.5 },
    deduplication: { id: `letter.deliver.${letterId}` },
    ...retention,
  }),
});

/** Enqueues jobs that a crash or an unreachable queue left undone. */
export const outboxSweep = defineJob({
  name: 'outbox.sweep',
  payload: z.strictObject({}),
  options: () => ({ attempts: 3, backoff: { type: 'fixed', delay: 5 * SECOND }, ...retention }),
});

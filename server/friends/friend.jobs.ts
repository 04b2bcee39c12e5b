import { z } from 'zod';
import { SECOND } from '#core/durations.ts';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

/** Tells a user by email of a friend request, or that theirs was accepted; at most once. */
export const friendNotify = defineJob({
  name: 'friend.notify',
  payload: z.strictObject({ friendshipId: z.string().refine(isId, 'not an id') }),
  // The sweeper retries what fails all these attempts.
  options: ({ friendshipId }) => ({
    attempts: 6,
    backoff: { type: 'exponential', delay: 5 * SECOND, jitter: 0.5 },
    deduplication: { id: `friend.notify.${friendshipId}` },
    ...retention,
  }),
});

import { z } from 'zod';
import { MINUTE } from '#core/durations.ts';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

/** Deletes an account whose time has come, or what an earlier attempt left of it. */
export const accountDelete = defineJob({
  name: 'account.delete',
  payload: z.strictObject({ userId: z.string().refine(isId, 'not an id') }),
  // The sweep retries whatever these attempts do not finish.
  options: ({ userId }) => ({
    attempts: 3,
    backoff: { type: 'exponential', delay: MINUTE, jitter: 0.5 },
    deduplication: { id: `account.delete.${userId}` },
    ...retention,
  }),
});

export const accountsSweep = defineJob({
  name: 'accounts.sweep',
  payload: z.strictObject({}),
  options: () => ({ attempts: 3, backoff: { type: 'fixed', delay: 5000 }, ...retention }),
});

import { z } from 'zod';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

const id = z.string().refine(isId, 'not an id');

/**
 * Mails a link to one side of an email change. The handler makes the link, so it is in no queue.
 */
export const emailChangeMail = defineJob({
  name: 'account.email-change',
  payload: z.strictObject({ userId: id, requestId: id, side: z.enum(['new', 'old']) }),
  options: ({ requestId, side }) => ({
    attempts: 10,
    backoff: { type: 'exponential', delay: 5000, jitter: 0.5 },
    deduplication: { id: `account.email-change.${side}.${requestId}` },
    ...retention,
  }),
});

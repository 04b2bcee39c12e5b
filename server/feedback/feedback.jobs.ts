import { z } from 'zod';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

export const feedbackMail = defineJob({
  name: 'feedback.mail',
  payload: z.strictObject({ feedbackId: z.string().refine(isId, 'not an id') }),
  options: ({ feedbackId }) => ({
    attempts: 10,
    backoff: { type: 'exponential', delay: 5000, jitter: 0.5 },
    deduplication: { id: `feedback.mail.${feedbackId}` },
    ...retention,
  }),
});

import { z } from 'zod';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

/**
 * The mails an account may be sent. The handler makes the single-use token, so no token is in a
 * queue.
 */
const accountMailKinds = [
  'verify-email',
  'reset-password',
  'password-changed',
  'new-device',
  'deletion-asked',
  'second-factor-changed',
  'words-renewed',
  'password-strengthened',
  'assisted-forbidden',
  'assisted-allowed',
] as const;
export type AccountMailKind = (typeof accountMailKinds)[number];

export const accountMail = defineJob({
  name: 'account.mail',
  payload: z.strictObject({
    userId: z.string().refine(isId, 'not an id'),
    kind: z.enum(accountMailKinds),
  }),
  // One mail is enough when it is asked for again while the first is on its way.
  options: ({ userId, kind }) => ({
    attempts: 10,
    backoff: { type: 'exponential', delay: 5000, jitter: 0.5 },
    deduplication: { id: `account.mail.${kind}.${userId}` },
    ...retention,
  }),
});

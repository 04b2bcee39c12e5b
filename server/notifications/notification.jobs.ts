import { z } from 'zod';
import { MINUTE, SECOND } from '#core/durations.ts';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

const id = z.string().refine(isId, 'not an id');

/** The sweeper retries notifications that fail all these attempts. */
const tries = { attempts: 6, backoff: { type: 'exponential', delay: 5 * SECOND, jitter: 0.5 } } as const;

/** Notifies the receiver of a delivered letter by email, at most once. */
export const letterNotifyEmail = defineJob({
  name: 'letter.notify.email',
  payload: z.strictObject({ letterId: id }),
  options: ({ letterId }) => ({
    ...tries,
    deduplication: { id: `letter.notify.email.${letterId}` },
    ...retention,
  }),
});

/** Notifies the receiver of a delivered letter by text message, at most once. */
export const letterNotifySms = defineJob({
  name: 'letter.notify.sms',
  payload: z.strictObject({ letterId: id }),
  options: ({ letterId }) => ({
    ...tries,
    deduplication: { id: `letter.notify.sms.${letterId}` },
    ...retention,
  }),
});

/** Notifies the receiver of a delivered letter in their subscribed browsers. */
export const letterNotifyPush = defineJob({
  name: 'letter.notify.push',
  payload: z.strictObject({ letterId: id }),
  options: ({ letterId }) => ({
    ...tries,
    deduplication: { id: `letter.notify.push.${letterId}` },
    ...retention,
  }),
});

export const noticesDigest = defineJob({
  name: 'notices.digest',
  payload: z.strictObject({ userId: id }),
  options: ({ userId }) => ({
    ...tries,
    deduplication: { id: `notices.digest.${userId}` },
    ...retention,
  }),
});

/** Asks the SMS service, a minute later, whether a text was delivered. */
export const smsOutcome = defineJob({
  name: 'sms.outcome',
  payload: z.strictObject({ userId: id, textId: z.string().regex(/^[A-Za-z0-9]{1,64}$/) }),
  options: ({ textId }) => ({
    ...tries,
    delay: MINUTE,
    deduplication: { id: `sms.outcome.${textId}` },
    ...retention,
  }),
});

/**
 * Texts the code of one request to a number. The handler makes the code, so that it is in no queue.
 */
export const mobileCodeSend = defineJob({
  name: 'mobile.code',
  payload: z.strictObject({ userId: id, requestId: id }),
  // The code is valid for ten minutes; these attempts span about two.
  options: ({ requestId }) => ({
    attempts: 6,
    backoff: { type: 'exponential', delay: 2 * SECOND, jitter: 0.5 },
    deduplication: { id: `mobile.code.${requestId}` },
    ...retention,
  }),
});

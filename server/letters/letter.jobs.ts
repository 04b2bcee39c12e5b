import { z } from 'zod';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

const id = z.string().refine(isId, 'not an id');
const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Marks a queued letter delivered and has its receiver told. */
export const letterDeliver = defineJob({
  name: 'letter.deliver',
  payload: z.strictObject({ letterId: id }),
  // Two minutes of attempts; what is left `queued` after that is the sweeper's.
  options: ({ letterId }) => ({
    attempts: 8,
    backoff: { type: 'exponential', delay: SECOND, jitter: 0.5 },
    deduplication: { id: `letter.deliver.${letterId}` },
    ...retention,
  }),
});

/** Tells the receiver of a delivered letter by e-mail, at most once. */
export const letterNotifyEmail = defineJob({
  name: 'letter.notify.email',
  payload: z.strictObject({ letterId: id }),
  // Whoever could not be told by then is swept up, too.
  options: ({ letterId }) => ({
    attempts: 6,
    backoff: { type: 'exponential', delay: 5 * SECOND, jitter: 0.5 },
    deduplication: { id: `letter.notify.email.${letterId}` },
    ...retention,
  }),
});

/** Takes up what a crash or an unreachable queue left behind. */
export const outboxSweep = defineJob({
  name: 'outbox.sweep',
  payload: z.strictObject({}),
  options: () => ({ attempts: 3, backoff: { type: 'fixed', delay: 5 * SECOND }, ...retention }),
});

/** Deletes photos that belong to no letter and no draft. */
export const photosCollect = defineJob({
  name: 'photos.collect',
  payload: z.strictObject({}),
  options: () => ({ attempts: 3, backoff: { type: 'exponential', delay: MINUTE }, ...retention }),
});

/** Deletes the photos of a draft that was thrown away. What this does not do, the daily collection does. */
export const draftCollect = defineJob({
  name: 'draft.collect',
  payload: z.strictObject({ draftId: id }),
  options: () => ({ attempts: 3, backoff: { type: 'exponential', delay: MINUTE }, ...retention }),
});

import { z } from 'zod';
import { MINUTE } from '#core/durations.ts';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

const id = z.string().refine(isId, 'not an id');

export const photosCollect = defineJob({
  name: 'photos.collect',
  payload: z.strictObject({}),
  options: () => ({ attempts: 3, backoff: { type: 'exponential', delay: MINUTE }, ...retention }),
});

/** Deletes the photos of a discarded draft. The daily collection deletes whatever this leaves. */
export const draftCollect = defineJob({
  name: 'draft.collect',
  payload: z.strictObject({ draftId: id }),
  options: () => ({ attempts: 3, backoff: { type: 'exponential', delay: MINUTE }, ...retention }),
});

import { z } from 'zod';
import { SECOND } from '#core/durations.ts';
import { isId } from '#core/id.ts';
import { defineJob, retention } from '../queue/define-job.ts';

export const letterStamp = defineJob({
  name: 'letter.stamp',
  payload: z.strictObject({ letterId: z.string().refine(isId, 'not an id') }),
  // About two minutes, including the service's own time. After that the idea is deleted and the
  // drawn stamp stays.
  options: ({ letterId }) => ({
    attempts: 3,
    backoff: { type: 'exponential', delay: 20 * SECOND, jitter: 0.5 },
    deduplication: { id: `letter.stamp.${letterId}` },
    ...retention,
  }),
});

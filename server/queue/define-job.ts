import type { z } from 'zod';
import { DAY, HOUR, inSeconds } from '#core/durations.ts';
import type { JobsOptions } from './queue.ts';

/**
 * What a job is: its name, the shape of its payload (ids only, never content) and its retry policy. Cheap to import;
 * the handler lives in `worker/`.
 */
export interface JobDefinition<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly payload: Payload;
  /** Options of one job; a function where they depend on the payload, as a deduplication id does. */
  readonly options: (payload: z.output<Payload>) => JobsOptions;
}

export function defineJob<const Name extends string, Payload extends z.ZodType>(
  definition: JobDefinition<Name, Payload>,
): JobDefinition<Name, Payload> {
  return definition;
}

/** Finished jobs are kept long enough to look into, and not for ever. */
export const retention = {
  removeOnComplete: { age: inSeconds(HOUR), count: 1000 },
  removeOnFail: { age: inSeconds(14 * DAY), count: 5000 },
} satisfies JobsOptions;

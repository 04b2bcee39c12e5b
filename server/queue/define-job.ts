import type { z } from 'zod';
import { DAY, HOUR, inSeconds } from '#core/durations.ts';
import type { JobsOptions } from './queue.ts';

/**
 * A job's definition: its name, the shape of its payload (ids only, never content) and its retry
 * policy. Cheap to import; the handler is in `worker/`.
 */
export interface JobDefinition<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly payload: Payload;
  /** Options of one job; a function because some depend on the payload, like a deduplication id. */
  readonly options: (payload: z.output<Payload>) => JobsOptions;
}

export function defineJob<const Name extends string, Payload extends z.ZodType>(
  definition: JobDefinition<Name, Payload>,
): JobDefinition<Name, Payload> {
  return definition;
}

/** How long finished jobs are kept for inspection. */
export const retention = {
  removeOnComplete: { age: inSeconds(HOUR), count: 1000 },
  removeOnFail: { age: inSeconds(14 * DAY), count: 5000 },
} satisfies JobsOptions;

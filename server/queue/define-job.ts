import type { z } from 'zod';
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

const HOUR_S = 3600;

/** Finished jobs are kept long enough to look into, and not for ever. */
export const retention = {
  removeOnComplete: { age: HOUR_S, count: 1000 },
  removeOnFail: { age: 14 * 24 * HOUR_S, count: 5000 },
} satisfies JobsOptions;

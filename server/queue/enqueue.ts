import type { z } from 'zod';
import type { JobDefinition } from './define-job.ts';
import type { Job, JobsOptions, Queue } from './queue.ts';

/**
 * Adds a job with its definition's retry policy. Validates the payload, so that one the worker
 * would refuse never enters the queue.
 *
 * @param overrides options that override the definition's, like `delay`
 * @throws {ZodError} for an invalid payload; the errors of {@link Queue.add}
 */
export async function enqueue<Payload extends z.ZodType>(
  queue: Pick<Queue, 'add'>,
  definition: JobDefinition<string, Payload>,
  payload: z.input<Payload>,
  overrides: JobsOptions = {},
): Promise<Job> {
  const data = definition.payload.parse(payload);
  return queue.add(definition.name, data, { ...definition.options(data), ...overrides });
}

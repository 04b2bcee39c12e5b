import type { z } from 'zod';
import type { JobDefinition } from './define-job.ts';
import type { Job, JobsOptions, Queue } from './queue.ts';

/**
 * Adds a job with its definition's retry policy. The payload is checked here too: a payload the worker would refuse
 * never enters the queue. Throws `ZodError` on such a payload, and whatever {@link Queue.add} throws.
 *
 * @param overrides options that win over the definition's, `delay` for instance
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

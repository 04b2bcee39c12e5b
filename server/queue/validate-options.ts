import type { JobsOptions } from './queue.ts';

const HIGHEST_PRIORITY = 2 ** 21 - 1;

/**
 * Refuses what BullMQ refuses, so that a mistake appears on every engine and not only in
 * production.
 */
export function validateOptions(opts: JobsOptions): void {
  const { jobId, priority, deduplication, backoff, attempts, delay } = opts;
  if (jobId !== undefined && (jobId === '' || /^-?\d+$/.test(jobId)))
    throw new Error('Custom Id cannot be integers');
  if (jobId?.includes(':')) throw new Error('Custom Id cannot contain :');
  if (
    priority !== undefined &&
    !(Number.isInteger(priority) && priority >= 0 && priority <= HIGHEST_PRIORITY)
  ) {
    throw new Error(`Priority should be an integer between 0 and ${HIGHEST_PRIORITY}`);
  }
  if (deduplication && !deduplication.id) throw new Error('Deduplication id must be provided');
  if (typeof backoff === 'object' && !((backoff.jitter ?? 0) >= 0 && (backoff.jitter ?? 0) <= 1)) {
    throw new Error('Jitter should be between 0 and 1');
  }
  if (attempts !== undefined && !(Number.isInteger(attempts) && attempts >= 1)) {
    throw new Error('Attempts should be an integer of at least 1');
  }
  if (delay !== undefined && !(delay >= 0)) throw new Error('Delay should not be negative');
}

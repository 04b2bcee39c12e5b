import type { BackoffOptions, JobsOptions } from './queue.ts';

/** The backoff of a job in its long form; undefined when the next attempt follows at once. */
export function normalizeBackoff(backoff: JobsOptions['backoff']): BackoffOptions | undefined {
  return typeof backoff === 'number' ? { type: 'fixed', delay: backoff } : backoff;
}

/**
 * Milliseconds to wait before the next attempt, as BullMQ computes them.
 *
 * @param attemptsMade failed attempts so far, from 1
 * @param random a number in [0, 1)
 */
export function backoffDelay(
  backoff: JobsOptions['backoff'],
  attemptsMade: number,
  random: () => number = Math.random,
): number {
  const options = normalizeBackoff(backoff);
  if (!options) return 0;
  const longest =
    options.type === 'fixed' ? options.delay : Math.round(options.delay * 2 ** (attemptsMade - 1));
  const jitter = options.jitter ?? 0;
  return jitter > 0 ? Math.floor(random() * longest * jitter + longest * (1 - jitter)) : longest;
}

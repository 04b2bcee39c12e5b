import { z } from 'zod';
import { MINUTE } from '#core/durations.ts';
import { normalizeBackoff } from './backoff.ts';
import type { JobsOptions } from './queue.ts';

/** A job as QStash carries it: its name, its ids, and its attempts. */
export const qstashMessage = z.object({
  name: z.string(),
  data: z.unknown(),
  attempts: z.number().int().min(1),
  /** Milliseconds since 1970, when the job was added. */
  at: z.number(),
  /** Only when the job was added with an id of its own; else the id is QStash's. */
  id: z.string().optional(),
});
export type QstashMessage = z.infer<typeof qstashMessage>;

interface QstashRetries {
  /** Attempts in all. */
  attempts: number;
  /** Attempts after the first. */
  retries: number;
  /** Milliseconds as an expression of `retried`, which counts from 0. */
  retryDelay: string;
}

/**
 * Converts a job's retry policy to QStash's terms. If the plan allows fewer retries than the job
 * asks for, spreads them over the same time: the first comes as early, the last as late.
 * https://upstash.com/docs/qstash/features/retry
 *
 * @param random a number in [0, 1): jitter is drawn once a job, as the expression cannot draw
 */
export function toRetries(opts: JobsOptions, maxRetries: number, random: () => number): QstashRetries {
  const asked = (opts.attempts ?? 1) - 1;
  const retries = Math.min(asked, maxRetries);
  const backoff = normalizeBackoff(opts.backoff);
  const attempts = retries + 1;
  if (!backoff) return { attempts, retries, retryDelay: '1' };
  const first = Math.max(1, Math.round(backoff.delay * (1 - (backoff.jitter ?? 0) * random())));
  const growth = backoff.type === 'fixed' ? 1 : 2;
  const ratio = retries === asked ? growth : spreadRatio(sumOfPowers(growth, asked), retries);
  return {
    attempts,
    retries,
    retryDelay: ratio === 1 ? `${first}` : `round(${first} * pow(${ratio}, retried))`,
  };
}

/** 1 + ratio + ratio² + …, `terms` of them. */
function sumOfPowers(ratio: number, terms: number): number {
  let sum = 0;
  for (let power = 0; power < terms; power += 1) sum += ratio ** power;
  return sum;
}

/** The ratio with which `terms` powers have this sum; to two digits. */
function spreadRatio(sum: number, terms: number): number {
  if (terms < 2) return 1;
  let low = 1;
  let high = sum;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (sumOfPowers(middle, terms) > sum) high = middle;
    else low = middle;
  }
  return Math.round(low * 100) / 100;
}

/**
 * Converts a repeating job's interval to a cron expression in UTC.
 *
 * @throws when cron cannot express it: it has divisors of an hour and of a day
 */
export function toCron(every: number): string {
  const minutes = every / MINUTE;
  if (Number.isInteger(minutes) && minutes > 0) {
    if (minutes < 60 && 60 % minutes === 0) return `*/${minutes} * * * *`;
    const hours = minutes / 60;
    if (hours < 24 && 24 % hours === 0 && Number.isInteger(hours)) return `0 */${hours} * * *`;
    if (hours === 24) return '0 0 * * *';
  }
  throw new Error(
    'QStash repeats jobs at whole minutes that divide an hour, or whole hours that divide a day.',
  );
}

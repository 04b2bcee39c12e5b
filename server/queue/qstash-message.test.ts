import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '#core/durations.ts';
import { toCron, toRetries } from '#server/queue/qstash-message.ts';
import type { JobsOptions } from '#server/queue/queue.ts';
import { evaluateExpression } from '#tests/support/qstash-expression.ts';

/** Milliseconds between the attempts. */
function pauses(opts: JobsOptions, maxRetries = 20, random = () => 0): number[] {
  const { retries, retryDelay } = toRetries(opts, maxRetries, random);
  return Array.from({ length: retries }, (_, retried) => evaluateExpression(retryDelay, { retried }));
}

describe('a retry policy on QStash', () => {
  test('fixed backoff', () => {
    expect(pauses({ attempts: 4, backoff: { type: 'fixed', delay: 500 } })).toEqual([500, 500, 500]);
    expect(pauses({ attempts: 3, backoff: 700 })).toEqual([700, 700]);
  });

  test('exponential backoff doubles', () => {
    expect(pauses({ attempts: 5, backoff: { type: 'exponential', delay: 1000 } })).toEqual([
      1000, 2000, 4000, 8000,
    ]);
  });

  test('jitter is drawn once a job', () => {
    const backoff = { type: 'exponential', delay: 1000, jitter: 0.5 } as const;
    expect(pauses({ attempts: 3, backoff }, 20, () => 0.5)).toEqual([750, 1500]);
  });

  test('one attempt is none again; without backoff the next one follows at once', () => {
    expect(toRetries({}, 3, Math.random)).toMatchObject({ attempts: 1, retries: 0 });
    expect(pauses({ attempts: 3 })).toEqual([1, 1]);
  });

  test('fewer retries than asked for take as long in all, and start as early', () => {
    const asked = { attempts: 12, backoff: { type: 'exponential', delay: 1000 } } as const;
    const all = pauses(asked);
    const few = pauses(asked, 3);
    const total = (times: number[]) => times.reduce((sum, time) => sum + time, 0);
    expect(few).toHaveLength(3);
    expect(few[0]).toBe(1000);
    expect(total(few) / total(all)).toBeCloseTo(1, 1);
    expect(toRetries(asked, 3, () => 0).attempts).toBe(4);
  });
});

describe('an interval as cron', () => {
  test.each([
    [MINUTE, '*/1 * * * *'],
    [5 * MINUTE, '*/5 * * * *'],
    [HOUR, '0 */1 * * *'],
    [6 * HOUR, '0 */6 * * *'],
    [DAY, '0 0 * * *'],
  ])('%d ms is %s', (every, cron) => {
    expect(toCron(every)).toBe(cron);
  });

  test.each([0, 1000, 90_000, 7 * MINUTE, 5 * HOUR, 48 * HOUR])('%d ms cannot be said', (every) => {
    expect(() => toCron(every)).toThrow('whole minutes');
  });
});

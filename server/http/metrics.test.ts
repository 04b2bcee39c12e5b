import { describe, expect, it } from 'vitest';
import type { Deps } from '#server/deps.ts';
import { createMetrics } from '#server/http/metrics.ts';
import { createRouteLabels } from '#server/http/route-labels.ts';

const now = new Date('2026-01-02T12:00:00Z');
const hourAgo = new Date('2026-01-02T11:00:00Z');

/** What the metrics read of an installation: three letters wait longer than an hour. */
function metricsOf({ METRICS_TOKEN = null }: { METRICS_TOKEN?: string | null } = {}) {
  const asked: [before: Date, limit: number][] = [];
  const deps = {
    env: { METRICS_TOKEN },
    now: () => now,
    serverKeys: { version: 2 },
    queue: { getJobCounts: async () => ({ waiting: 4, failed: 1 }) },
    stores: {
      letters: {
        listQueued: async (before: Date, limit: number) => {
          asked.push([before, limit]);
          return [{}, {}, {}];
        },
        listDue: async (before: Date, limit: number) => {
          asked.push([before, limit]);
          return [{}, {}];
        },
      },
      users: { countOnPastSecret: async (version: number) => version * 10 },
    },
  };
  return { metrics: createMetrics(deps as unknown as Deps), asked };
}

describe('what an operator watches', () => {
  it('counts requests by their route, and their time in seconds', async () => {
    const { metrics } = metricsOf();
    const request = { method: 'GET', status: 200, seconds: 0.3 };
    metrics.observe({ ...request, route: '/letters' });
    metrics.observe({ ...request, route: '/letters' });
    metrics.observe({ ...request, route: 'other' });
    const text = await metrics.expose();
    expect(text).toContain('bff_http_requests_total{method="GET",route="/letters",status="200"} 2');
    expect(text).toContain('bff_http_requests_total{method="GET",route="other",status="200"} 1');
    expect(text).toContain('bff_http_request_seconds_bucket{le="0.25",route="/letters"} 0');
    expect(text).toContain('bff_http_request_seconds_bucket{le="0.5",route="/letters"} 2');
    expect(text).toContain('bff_http_request_seconds_sum{route="/letters"} 0.6');
  });

  it('counts letters on their way for over an hour, jobs by state, and accounts on an earlier secret', async () => {
    const { metrics, asked } = metricsOf();
    const text = await metrics.expose();
    expect(text).toMatch(/^bff_letters_stuck 5$/m);
    expect(asked).toEqual([
      [hourAgo, 1000],
      [hourAgo, 1000],
    ]);
    expect(text).toContain('bff_queue_jobs{state="waiting"} 4');
    expect(text).toContain('bff_queue_jobs{state="failed"} 1');
    expect(text).toMatch(/^bff_accounts_on_past_secret 20$/m);
  });
});

describe('the route of a request', () => {
  const labelOf = createRouteLabels(['/*', '/stamps/:file', '/favicon.ico', '', 'letters/:id', ':name', '*']);

  it.each([
    ['/', '/'],
    ['/letters', '/letters'],
    ['/letters.data', '/letters'],
    ['/letters/0123456789abcdef01234567', '/letters'],
    ['/stamps/0123456789abcdef.svg', '/stamps'],
    ['/favicon.ico', '/favicon.ico'],
    ['/alpha-and-their-secret', 'other'],
    ['/letters-and-more', 'other'],
    ['/:name', 'other'],
    ['/*', 'other'],
    ['//letters', '/'],
  ])('of %s is %s', (path, label) => {
    expect(labelOf(path)).toBe(label);
  });
});

describe('who may see it', () => {
  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.9', true],
    ['192.0.2.1', false],
    ['::ffff:192.0.2.1', false],
    ['1127.0.0.1', false],
  ])('without a token, %s: %s', (clientAddress, may) => {
    expect(metricsOf().metrics.mayRead({ authorization: undefined, clientAddress })).toBe(may);
  });

  it.each([
    ['Bearer the-right-token', true],
    ['Bearer the-wrong-token', false],
    ['the-right-token', false],
    ['Bearer ', false],
    [undefined, false],
  ])('with a token, on this machine, %s: %s', (authorization, may) => {
    const { metrics } = metricsOf({ METRICS_TOKEN: 'the-right-token' });
    expect(metrics.mayRead({ authorization, clientAddress: '127.0.0.1' })).toBe(may);
  });
});

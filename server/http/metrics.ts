import { createHash, timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { HOUR } from '#core/durations.ts';
import type { Deps } from '../deps.ts';

/** A letter queued for longer than this is counted as stuck, ms. */
const stuckAfter = HOUR;
const stuckShown = 1000;

export interface Metrics {
  /** Counts one answered request. `route` is one of few labels: see `route-labels.ts`. */
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
  /** The text of `/metrics` (Prometheus exposition format 0.0.4). */
  expose(): Promise<string>;
  /**
   * Whether the client may read the metrics: with the bearer token `METRICS_TOKEN` or, if none is
   * set, from this machine.
   */
  mayRead(request: { authorization: string | undefined; clientAddress: string }): boolean;
}

/**
 * Creates the operator's metrics: requests, the queue, and stuck letters. Counts only, no content.
 */
export function createMetrics(deps: Deps): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'bff_http_requests_total',
    help: 'Answered requests',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'bff_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'bff_letters_stuck',
    help: `Letters queued for over an hour, counted up to ${stuckShown}`,
    registers: [registry],
    async collect() {
      const before = new Date(deps.now().getTime() - stuckAfter);
      const { letters } = deps.stores;
      const [queued, due] = await Promise.all([
        letters.listQueued(before, stuckShown),
        letters.listDue(before, stuckShown),
      ]);
      this.set(Math.min(queued.length + due.length, stuckShown));
    },
  });
  new Gauge({
    name: 'bff_accounts_on_past_secret',
    help: `Accounts that have not logged in since the secret was rotated, counted up to ${stuckShown}`,
    registers: [registry],
    async collect() {
      const { version } = deps.serverKeys;
      this.set(version > 1 ? await deps.stores.users.countOnPastSecret(version, stuckShown) : 0);
    },
  });
  new Gauge({
    name: 'bff_queue_jobs',
    help: 'Jobs by state; missing while the queue cannot be reached',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      const counts = await deps.queue.getJobCounts().catch(() => ({}));
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  return {
    observe({ method, route, status, seconds }) {
      requests.inc({ method, route, status: String(status) });
      duration.observe({ route }, seconds);
    },
    expose: () => registry.metrics(),
    mayRead({ authorization, clientAddress }) {
      const token = deps.env.METRICS_TOKEN;
      if (!token) return /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(clientAddress);
      const digest = (text: string) => createHash('sha256').update(text).digest();
      return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
    },
  };
}

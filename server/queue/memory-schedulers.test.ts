import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { createMemoryQueue } from '#server/queue/memory.ts';
import type { QueueDriver } from '#server/queue/queue.ts';
import { FakeClock, settle } from '#tests/support/fake-clock.ts';

let clock: FakeClock;
let driver: QueueDriver;
let runs: number[];
let start: number;

beforeEach(() => {
  clock = new FakeClock();
  driver = createMemoryQueue({ timers: clock });
  runs = [];
  start = clock.now();
});
afterEach(() => driver.close());

const work = () => driver.createWorker(async () => runs.push((clock.now() - start) / MINUTE));
const every = (ms: number, limit?: number) =>
  driver.queue.upsertJobScheduler('sweep', { every: ms, limit }, { name: 'outbox.sweep', data: {} });

test('the first run is at once, the next ones at their intervals', async () => {
  work();
  await every(MINUTE);
  await clock.advance(3 * MINUTE);
  expect(runs).toEqual([0, 1, 2, 3]);
});

test('runs carry the name and data of the template', async () => {
  const names: unknown[] = [];
  driver.createWorker(async (job) => names.push([job.name, job.data]));
  await driver.queue.upsertJobScheduler('sweep', { every: MINUTE }, { name: 'outbox.sweep', data: { n: 1 } });
  await settle();
  expect(names).toEqual([['outbox.sweep', { n: 1 }]]);
});

test('runs neither pile up nor are made up for while nobody works', async () => {
  await every(MINUTE);
  await clock.advance(10 * MINUTE + 30_000);
  expect(await driver.queue.getJobCounts('waiting', 'delayed')).toEqual({ waiting: 1, delayed: 0 });
  work();
  await clock.advance(1.5 * MINUTE);
  expect(runs).toEqual([10.5, 11, 12]);
});

test('a slow run does not hold up the next one', async () => {
  const slow = () => new Promise<void>((resolve) => clock.after(1.5 * MINUTE, resolve));
  driver.createWorker(
    async () => {
      runs.push((clock.now() - start) / MINUTE);
      await slow();
    },
    { concurrency: 2 },
  );
  await every(MINUTE);
  await clock.advance(4 * MINUTE);
  expect(runs).toEqual([0, 1, 2, 3, 4]);
});

test('asking again keeps the rhythm; another interval starts anew', async () => {
  work();
  await every(10 * MINUTE);
  await clock.advance(4 * MINUTE);
  await every(10 * MINUTE);
  await clock.advance(6 * MINUTE);
  expect(runs).toEqual([0, 10]);
  await clock.advance(30_000);
  await every(MINUTE);
  await clock.advance(MINUTE);
  expect(runs).toEqual([0, 10, 10.5, 11.5]);
  expect(await driver.queue.getJobCounts('delayed')).toEqual({ delayed: 1 });
});

test('a limit ends it', async () => {
  work();
  await every(MINUTE, 2);
  await clock.advance(5 * MINUTE);
  expect(runs).toEqual([0, 1]);
  expect(await driver.queue.removeJobScheduler('sweep')).toBe(false);
});

test('a removed scheduler runs no more', async () => {
  work();
  await every(MINUTE);
  await settle();
  expect(await driver.queue.removeJobScheduler('sweep')).toBe(true);
  expect(await driver.queue.removeJobScheduler('sweep')).toBe(false);
  await clock.advance(5 * MINUTE);
  expect(runs).toEqual([0]);
  expect(clock.pending).toBe(0);
});

test('the retry of a failed run is not another run', async () => {
  driver.createWorker(async (job) => {
    runs.push((clock.now() - start) / MINUTE);
    if (job.attemptsMade === 0) throw new Error('once');
  });
  const opts = { attempts: 2, backoff: 30_000 };
  await driver.queue.upsertJobScheduler('sweep', { every: MINUTE }, { name: 'outbox.sweep', opts });
  await clock.advance(MINUTE + 45_000);
  expect(runs).toEqual([0, 0.5, 1, 1.5]);
});

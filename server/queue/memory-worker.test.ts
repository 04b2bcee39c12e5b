import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR, MINUTE } from '#core/durations.ts';
import { createMemoryQueue } from '#server/queue/memory.ts';
import type { Processor, QueueDriver, Worker } from '#server/queue/queue.ts';
import { FakeClock, settle } from '#tests/support/fake-clock.ts';

let clock: FakeClock;
let driver: QueueDriver;
let runs: number;
/** Ends every job that is being handled. */
let endAll: () => void;
let held: Processor;

beforeEach(() => {
  clock = new FakeClock();
  driver = createMemoryQueue({ timers: clock });
  runs = 0;
  const ends: (() => void)[] = [];
  endAll = () => {
    for (const end of ends.splice(0)) end();
  };
  held = () => {
    runs += 1;
    return new Promise<void>((resolve) => ends.push(resolve));
  };
});
afterEach(() => driver.close());

/** Whether closing is over, as seen now. */
function watch(closing: Promise<void>): () => boolean {
  let over = false;
  void closing.then(() => {
    over = true;
  });
  return () => over;
}

describe('pause', () => {
  test('a paused queue starts nothing and lets active jobs end', async () => {
    driver.createWorker(held);
    await driver.queue.add('a', {});
    await settle();
    await driver.queue.pause();
    await driver.queue.add('b', {});
    endAll();
    await settle();
    expect(runs).toBe(1);
    expect(await driver.queue.isPaused()).toBe(true);
    expect(await driver.queue.getJobCounts('completed', 'waiting')).toEqual({ completed: 1, waiting: 1 });
    await driver.queue.resume();
    await settle();
    expect(runs).toBe(2);
    expect(await driver.queue.isPaused()).toBe(false);
  });
});

describe('close', () => {
  test('waits for active jobs, starts no other, and leaves the rest waiting', async () => {
    const worker = driver.createWorker(held);
    await driver.queue.add('a', {});
    await driver.queue.add('b', {});
    await settle();
    const isOver = watch(worker.close());
    await clock.advance(HOUR);
    expect(isOver()).toBe(false);
    endAll();
    await settle();
    expect(isOver()).toBe(true);
    expect(runs).toBe(1);
    expect(await driver.queue.getJobCounts('completed', 'waiting')).toEqual({ completed: 1, waiting: 1 });
  });

  test('past the deadline a job is let go of; it stalls and another worker takes it up', async () => {
    const worker = driver.createWorker(held, { closeDeadline: 5000, lockDuration: 30_000 });
    const { id } = await driver.queue.add('a', {});
    await settle();
    const isOver = watch(worker.close());
    await clock.advance(4999);
    expect(isOver()).toBe(false);
    await clock.advance(1);
    expect(isOver()).toBe(true);

    const next = driver.createWorker(held);
    const stalled = vi.fn();
    next.on('stalled', stalled);
    await clock.advance(29_999);
    expect(runs).toBe(1);
    await clock.advance(1);
    expect(stalled).toHaveBeenCalledExactlyOnceWith(id, 'active');
    expect(runs).toBe(2);
    endAll();
    await settle();
    expect(await driver.queue.getJobCounts('completed', 'active')).toEqual({ completed: 1, active: 0 });
  });

  test('a job ended before the deadline cancels it', async () => {
    const worker = driver.createWorker(held, { closeDeadline: 5000 });
    await driver.queue.add('a', {});
    await settle();
    const closing = worker.close();
    endAll();
    await closing;
    expect(clock.pending).toBe(0);
  });

  test('force does not wait; a job that ends before it counts as stalled is completed all the same', async () => {
    const worker = driver.createWorker(held);
    const { id } = await driver.queue.add('a', {});
    await settle();
    await worker.close(true);
    endAll();
    await settle();
    expect(await (await driver.queue.getJob(id))?.getState()).toBe('completed');
    driver.createWorker(held);
    await clock.advance(MINUTE);
    expect(runs).toBe(1);
  });

  test('a second close waits for the first', async () => {
    const worker = driver.createWorker(held);
    await driver.queue.add('a', {});
    await settle();
    const first = worker.close();
    expect(worker.close()).toBe(first);
    endAll();
    await first;
  });

  test('a closed queue takes nothing and fires nothing', async () => {
    driver.createWorker(held);
    await driver.queue.add('a', {}, { delay: 1000 });
    await driver.close();
    await clock.advance(5000);
    expect(runs).toBe(0);
    await expect(driver.queue.add('b', {})).rejects.toThrow('closed');
  });
});

describe('stalled', () => {
  /** Takes the job and goes silent, again and again. */
  async function goSilent(times: number): Promise<Worker> {
    for (let time = 0; time < times; time += 1) {
      const worker = driver.createWorker(held, { lockDuration: 1000 });
      await settle();
      await worker.close(true);
      if (time < times - 1) await clock.advance(1000);
    }
    return driver.createWorker(held);
  }

  test('too often, and the job fails instead of taking every worker down', async () => {
    const { id } = await driver.queue.add('a', {});
    const last = await goSilent(2);
    const failed = vi.fn();
    last.on('failed', failed);
    await clock.advance(1000);
    expect(runs).toBe(2);
    const reason = 'job stalled more than allowable limit';
    expect(failed).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id, failedReason: reason }),
      expect.objectContaining({ message: reason }),
      'active',
    );
  });

  test('a stalled job is taken up before the ones that waited', async () => {
    const order: string[] = [];
    const worker = driver.createWorker(held, { lockDuration: 1000 });
    await driver.queue.add('stalled', {});
    await settle();
    await worker.close(true);
    await driver.queue.add('waited', {});
    await clock.advance(1000);
    driver.createWorker(async (job) => order.push(job.name));
    await settle();
    expect(order).toEqual(['stalled', 'waited']);
  });

  test('the late outcome of a job that was taken up by another is not recorded', async () => {
    let endFirst = () => {};
    const worker = driver.createWorker(
      () => new Promise<string>((resolve) => (endFirst = () => resolve('late'))),
      {
        lockDuration: 1000,
      },
    );
    const errors = vi.fn();
    worker.on('error', errors);
    const { id } = await driver.queue.add('a', {});
    await settle();
    await worker.close(true);
    driver.createWorker(held);
    await clock.advance(1000);
    endFirst();
    await settle();
    expect(await (await driver.queue.getJob(id))?.getState()).toBe('active');
    expect(errors).toHaveBeenCalledOnce();
  });
});

test('with autorun off a worker starts when it is told to', async () => {
  const worker = driver.createWorker(held, { autorun: false });
  await driver.queue.add('a', {});
  await settle();
  expect(runs).toBe(0);
  const running = watch(worker.run());
  await settle();
  expect(runs).toBe(1);
  endAll();
  await worker.close();
  await settle();
  expect(running()).toBe(true);
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { createMemoryQueue } from '#server/queue/memory.ts';
import { type Job, type Processor, type QueueDriver, UnrecoverableError } from '#server/queue/queue.ts';
import { FakeClock, settle } from '#tests/support/fake-clock.ts';

let clock: FakeClock;
let driver: QueueDriver;
let seen: string[];

beforeEach(() => {
  clock = new FakeClock();
  driver = createMemoryQueue({ timers: clock, random: () => 0.5 });
  seen = [];
});
afterEach(() => driver.close());

const note: Processor = async (job) => seen.push(label(job));
const label = (job: Job) => (job.data as { is?: string }).is ?? job.name;
const add = (is: string, opts = {}) => driver.queue.add('note', { is }, opts);

/** A processor whose jobs end when the test says so. */
function held() {
  const ends = new Map<string, (error?: Error) => void>();
  const processor: Processor = (job) =>
    new Promise((resolve, reject) => {
      seen.push(label(job));
      ends.set(label(job), (error) => (error ? reject(error) : resolve('ended')));
    });
  return { processor, end: (is: string, error?: Error) => ends.get(is)?.(error) };
}

describe('order', () => {
  test('jobs run in the order they were added, one at a time', async () => {
    const { processor, end } = held();
    driver.createWorker(processor);
    await driver.queue.addBulk(['a', 'b', 'c'].map((is) => ({ name: 'note', data: { is } })));
    await settle();
    expect(seen).toEqual(['a']);
    end('a');
    await settle();
    expect(seen).toEqual(['a', 'b']);
  });

  test('as many run at a time as the worker allows', async () => {
    const { processor } = held();
    driver.createWorker(processor, { concurrency: 3 });
    for (const is of ['a', 'b', 'c', 'd']) await add(is);
    await settle();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(await driver.queue.getJobCounts('active', 'waiting')).toEqual({ active: 3, waiting: 1 });
  });

  test('no priority goes first, then low numbers before high ones, each in order', async () => {
    await driver.queue.pause();
    for (const [is, priority] of [
      ['p9', 9],
      ['p1', 1],
      ['first', 0],
      ['p1 too', 1],
      ['second', undefined],
    ] as const) {
      await add(is, { priority });
    }
    expect(await driver.queue.getJobCounts('prioritized', 'waiting')).toEqual({ prioritized: 3, waiting: 2 });
    driver.createWorker(note);
    await driver.queue.resume();
    await settle();
    expect(seen).toEqual(['first', 'second', 'p1', 'p1 too', 'p9']);
  });

  test('a job starts on a later turn, never inside add', async () => {
    driver.createWorker(note);
    const added = add('a');
    expect(seen).toEqual([]);
    await added;
    await settle();
    expect(seen).toEqual(['a']);
  });
});

describe('delay', () => {
  test('a delayed job starts when its time has come, not before', async () => {
    driver.createWorker(note);
    const job = await add('later', { delay: 5000 });
    await add('sooner', { delay: 1000 });
    expect(await job.getState()).toBe('delayed');
    await clock.advance(999);
    expect(seen).toEqual([]);
    await clock.advance(1);
    expect(seen).toEqual(['sooner']);
    await clock.advance(4000);
    expect(seen).toEqual(['sooner', 'later']);
  });

  test('a removed delayed job never runs', async () => {
    driver.createWorker(note);
    const job = await add('gone', { delay: 1000 });
    await job.remove();
    await clock.advance(5000);
    expect(seen).toEqual([]);
    expect(await job.getState()).toBe('unknown');
    expect(await driver.queue.getJobCounts('delayed')).toEqual({ delayed: 0 });
  });
});

describe('failure and retry', () => {
  test('exponential backoff with jitter: attempts come when BullMQ would make them', async () => {
    const at: number[] = [];
    const start = clock.now();
    driver.createWorker(async () => {
      at.push(clock.now() - start);
      throw new Error('not yet');
    });
    const { id } = await add('a', {
      attempts: 4,
      backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
    });
    await clock.advance(MINUTE);
    // With 0.5 drawn each time: 0.75 of 1000, 2000 and 4000.
    expect(at).toEqual([0, 750, 2250, 5250]);
    const job = await driver.queue.getJob(id);
    expect(job).toMatchObject({ attemptsMade: 4, failedReason: 'not yet' });
    expect(await job?.getState()).toBe('failed');
  });

  test('each attempt sees how many failed before; each failure is told', async () => {
    const made: number[] = [];
    const told: number[] = [];
    const worker = driver.createWorker(async (job) => {
      made.push(job.attemptsMade);
      if (job.attemptsMade < 2) throw new Error('again');
      return 'done';
    });
    worker.on('failed', (job) => told.push(job?.attemptsMade ?? -1));
    const completed = vi.fn();
    worker.on('completed', completed);
    const { id } = await add('a', { attempts: 5, backoff: 100 });
    await clock.advance(1000);
    expect(made).toEqual([0, 1, 2]);
    expect(told).toEqual([1, 2]);
    expect(completed).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id, attemptsMade: 3 }),
      'done',
      'active',
    );
    expect((await driver.queue.getJob(id))?.returnvalue).toBe('done');
  });

  test('without backoff the next attempt follows at once, behind what waits', async () => {
    driver.createWorker(async (job) => {
      seen.push(label(job));
      if (job.attemptsMade === 0 && label(job) === 'a') throw new Error('once');
    });
    await driver.queue.addBulk([
      { name: 'note', data: { is: 'a' }, opts: { attempts: 2 } },
      { name: 'note', data: { is: 'b' } },
    ]);
    await settle();
    expect(seen).toEqual(['a', 'b', 'a']);
  });

  test('an UnrecoverableError ends it, whatever attempts are left', async () => {
    driver.createWorker(async () => {
      throw new UnrecoverableError('never');
    });
    const job = await add('a', { attempts: 5, backoff: 10 });
    await clock.advance(1000);
    expect(await driver.queue.getJob(job.id)).toMatchObject({ attemptsMade: 1, failedReason: 'never' });
    expect(await job.getState()).toBe('failed');
  });

  test('a failed job is kept and can be tried again, with its attempts counted anew', async () => {
    let broken = true;
    driver.createWorker(async () => {
      if (broken) throw new Error('broken');
    });
    const { id } = await add('a', { attempts: 2 });
    await settle();
    const job = await driver.queue.getJob(id);
    expect(await job?.getState()).toBe('failed');
    await job?.retry('failed', { resetAttemptsMade: true });
    await settle();
    expect(await driver.queue.getJob(id)).toMatchObject({ attemptsMade: 2 });
    broken = false;
    await job?.retry();
    await settle();
    expect(await job?.getState()).toBe('completed');
    await expect(job?.retry()).rejects.toThrow('not in the failed state');
  });

  test('a listener that throws is reported and stops nothing', async () => {
    const worker = driver.createWorker(note);
    const errors: string[] = [];
    worker.on('completed', () => {
      throw new Error('listener');
    });
    worker.on('error', (error) => errors.push(error.message));
    await add('a');
    await add('b');
    await settle();
    expect(seen).toEqual(['a', 'b']);
    expect(errors).toEqual(['listener', 'listener']);
  });
});

describe('ids', () => {
  test('a known job id is a silent no-op, also after the job is done', async () => {
    driver.createWorker(note);
    const first = await add('a', { jobId: 'one' });
    const second = await add('b', { jobId: 'one' });
    expect(second).toMatchObject({ id: first.id, data: { is: 'a' } });
    await settle();
    await add('c', { jobId: 'one' });
    await settle();
    expect(seen).toEqual(['a']);
  });

  test('a deduplication id is taken until the job has finished, through its retries', async () => {
    const { processor, end } = held();
    driver.createWorker(processor);
    const opts = { deduplication: { id: 'same' }, attempts: 2, backoff: 1000 };
    const { id } = await add('a', opts);
    expect((await add('b', opts)).id).toBe(id);
    await settle();
    expect((await add('c', opts)).id).toBe(id);
    end('a', new Error('once'));
    await settle();
    expect((await add('d', opts)).id).toBe(id);
    await clock.advance(1000);
    end('a');
    await settle();
    expect((await add('e', opts)).id).not.toBe(id);
    await settle();
    expect(seen).toEqual(['a', 'a', 'e']);
  });

  test('a deduplication id with a time is taken for that time, finished or not', async () => {
    driver.createWorker(note);
    const opts = { deduplication: { id: 'same', ttl: 1000 } };
    await add('a', opts);
    await clock.advance(999);
    await add('b', opts);
    await clock.advance(1);
    await add('c', opts);
    await settle();
    expect(seen).toEqual(['a', 'c']);
  });

  test.each<[string, object]>([
    ['an integer id', { jobId: '7' }],
    ['a colon in an id', { jobId: 'a:b' }],
    ['a broken priority', { priority: 1.5 }],
    ['a huge priority', { priority: 2 ** 21 }],
    ['an empty deduplication id', { deduplication: { id: '' } }],
    ['jitter above one', { backoff: { type: 'fixed', delay: 1, jitter: 2 } }],
    ['no attempt at all', { attempts: 0 }],
    ['a negative delay', { delay: -1 }],
  ])('%s is refused', async (_, opts) => {
    await expect(add('a', opts)).rejects.toThrow();
    expect(await driver.queue.getJobCounts('waiting')).toEqual({ waiting: 0 });
  });

  test('a refused job in a bulk keeps the whole bulk out', async () => {
    const bulk = [
      { name: 'note', data: {} },
      { name: 'note', data: {}, opts: { jobId: '7' } },
    ];
    await expect(driver.queue.addBulk(bulk)).rejects.toThrow('integers');
    expect(await driver.queue.getJobCounts('waiting')).toEqual({ waiting: 0 });
  });
});

describe('retention', () => {
  test('only the newest finished jobs stay, as many as asked', async () => {
    driver.createWorker(note);
    const ids: string[] = [];
    for (const is of ['a', 'b', 'c']) ids.push((await add(is, { removeOnComplete: 2 })).id);
    await settle();
    expect(await Promise.all(ids.map((id) => driver.queue.getJob(id)))).toMatchObject([undefined, {}, {}]);
    expect(await driver.queue.getJobCounts('completed')).toEqual({ completed: 2 });
    await add('d', { removeOnComplete: true });
    await settle();
    expect(await driver.queue.getJobCounts('completed')).toEqual({ completed: 0 });
  });

  test('what is older than its age goes when another job finishes', async () => {
    driver.createWorker(note);
    const { id } = await add('a', { removeOnComplete: { age: 60 } });
    await clock.advance(MINUTE);
    await add('b', { removeOnComplete: { age: 60 } });
    await settle();
    expect(await driver.queue.getJob(id)).toBeDefined();
    await clock.advance(1);
    await add('c', { removeOnComplete: { age: 60 } });
    await settle();
    expect(await driver.queue.getJob(id)).toBeUndefined();
  });

  test('the payload in the queue is a copy', async () => {
    const data = { is: 'before' };
    await driver.queue.pause();
    await driver.queue.add('note', data);
    data.is = 'after';
    driver.createWorker(async (job) => {
      seen.push(label(job));
      Object.assign(job.data as object, { is: 'changed by the handler' });
    });
    await driver.queue.resume();
    await settle();
    expect(seen).toEqual(['before']);
  });
});

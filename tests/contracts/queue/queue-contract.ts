import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Job,
  type Processor,
  type QueueDriver,
  UnrecoverableError,
  type Worker,
} from '#server/queue/queue.ts';

/** An engine as the suite needs it. */
export interface QueueBench {
  driver: QueueDriver;
  /** Milliseconds the engine is asked to wait for a short while. */
  moment: number;
  /** Milliseconds that short while takes here: an engine under test may run faster than in life. */
  realMoment: number;
  /** Milliseconds between two runs of a repeating job, and how long they take here. */
  interval: { every: number; real: number };
  close(): Promise<void>;
}

export interface EngineTraits {
  /** Does the engine know priorities? */
  priorities: boolean;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What every engine promises. Each engine's own test is a few lines that call this. */
export function describeQueue(engine: string, traits: EngineTraits, open: () => Promise<QueueBench>): void {
  describe(`the queue on ${engine}`, () => {
    let bench: QueueBench;
    let queue: QueueDriver['queue'];
    let workers: Worker[];
    let seen: string[];

    beforeEach(async () => {
      bench = await open();
      queue = bench.driver.queue;
      workers = [];
      seen = [];
    });
    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.close(true)));
      await bench.close();
    });

    const label = (job: Job) => (job.data as { is: string }).is;
    const add = (is: string, opts = {}) => queue.add('note', { is }, opts);
    const stateOf = async (id: string) => (await queue.getJob(id))?.getState();

    function work(processor: Processor, opts = {}): Worker {
      const worker = bench.driver.createWorker(processor, {
        lockDuration: 1000,
        stalledInterval: 200,
        ...opts,
      });
      worker.on('error', () => {});
      workers.push(worker);
      return worker;
    }
    const note: Processor = async (job) => seen.push(label(job));

    /** Jobs that end when the test says so. */
    function hold(opts = {}) {
      const ends: ((error?: Error) => void)[] = [];
      const worker = work((job) => {
        seen.push(label(job));
        return new Promise<void>((resolve, reject) => {
          ends.push((error) => (error ? reject(error) : resolve()));
        });
      }, opts);
      return { worker, end: (error?: Error) => ends.shift()?.(error) };
    }

    async function until<Value>(
      look: () => Promise<Value> | Value,
      wanted: (value: Value) => boolean,
    ): Promise<void> {
      const deadline = Date.now() + 15_000;
      let value = await look();
      while (!wanted(value)) {
        if (Date.now() > deadline) throw new Error(`waited in vain; last seen: ${JSON.stringify(value)}`);
        await sleep(10);
        value = await look();
      }
    }
    const untilSeen = (count: number) =>
      until(
        () => seen,
        ({ length }) => length >= count,
      );
    const untilState = (id: string, state: string) =>
      until(
        () => stateOf(id),
        (now) => now === state,
      );

    test('a job is handled once, with its name and data', async () => {
      const handled: [string, unknown][] = [];
      work(async (job) => handled.push([job.name, job.data]));
      const { id } = await queue.add('letter.deliver', { letterId: 'a1', nested: [1, null, { ok: true }] });
      await untilState(id, 'completed');
      await sleep(bench.realMoment);
      expect(handled).toEqual([['letter.deliver', { letterId: 'a1', nested: [1, null, { ok: true }] }]]);
      expect(await queue.getJob(id)).toMatchObject({ id, name: 'letter.deliver', attemptsMade: 1 });
    });

    test('listeners hear of a completed job and its result', async () => {
      const heard: unknown[] = [];
      work(async () => 'done').on('completed', (job, result) =>
        heard.push([job.id, job.attemptsMade, result]),
      );
      const { id } = await add('a');
      await until(
        () => heard.length,
        (count) => count > 0,
      );
      expect(heard).toEqual([[id, 1, 'done']]);
    });

    test('jobs added in bulk are all handled', async () => {
      work(note, { concurrency: 4 });
      const names = Array.from({ length: 20 }, (_, index) => `job ${index}`);
      const jobs = await queue.addBulk(names.map((is) => ({ name: 'note', data: { is } })));
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(20);
      await untilSeen(20);
      expect(seen.toSorted()).toEqual(names.toSorted());
    });

    test('at most as many jobs at a time as the worker takes', async () => {
      const { end } = hold({ concurrency: 3 });
      await Promise.all(Array.from({ length: 5 }, (_, index) => add(String(index))));
      await untilSeen(3);
      await sleep(2 * bench.realMoment);
      expect(seen).toHaveLength(3);
      end();
      await untilSeen(4);
      await sleep(bench.realMoment);
      expect(seen).toHaveLength(4);
    });

    test('a delayed job waits for its time', async () => {
      work(note);
      // Looked at where its time cannot come meanwhile.
      const { id } = await add('much later', { delay: 1_000 * bench.moment });
      expect(await stateOf(id)).toBe('delayed');
      const start = Date.now();
      await add('later', { delay: 3 * bench.moment });
      await untilSeen(1);
      expect(Date.now() - start).toBeGreaterThanOrEqual(3 * bench.realMoment - 5);
    });

    test('a removed job never runs', async () => {
      const job = await add('gone', { delay: 2 * bench.moment });
      await job.remove();
      work(note);
      await sleep(4 * bench.realMoment);
      expect(seen).toEqual([]);
      expect(await queue.getJob(job.id)).toBeUndefined();
    });

    test('a failed attempt is tried again after its backoff, and knows how many failed before', async () => {
      const made: number[] = [];
      const failures: [number | undefined, string][] = [];
      const times: number[] = [];
      const worker = work(async (job) => {
        times.push(Date.now());
        made.push(job.attemptsMade);
        if (job.attemptsMade < 2) throw new Error('not yet');
      });
      worker.on('failed', (job, error) => failures.push([job?.attemptsMade, error.message]));
      const { id } = await add('a', { attempts: 4, backoff: { type: 'exponential', delay: bench.moment } });
      await untilState(id, 'completed');
      expect(made).toEqual([0, 1, 2]);
      expect(failures).toEqual([
        [1, 'not yet'],
        [2, 'not yet'],
      ]);
      const [first = 0, second = 0, third = 0] = times;
      expect(second - first).toBeGreaterThanOrEqual(bench.realMoment - 5);
      expect(third - second).toBeGreaterThanOrEqual(2 * bench.realMoment - 5);
    });

    test('a job out of attempts has failed, is kept with its reason, and can be tried again', async () => {
      let broken = true;
      const finals: boolean[] = [];
      const worker = work(async (job) => {
        seen.push(label(job));
        if (broken) throw new Error('still broken');
      });
      worker.on('failed', (job) => finals.push((job?.attemptsMade ?? 0) >= (job?.opts.attempts ?? 1)));
      const { id } = await add('a', { attempts: 2, backoff: 1 });
      await untilState(id, 'failed');
      expect(seen).toEqual(['a', 'a']);
      expect(finals).toEqual([false, true]);
      const job = await queue.getJob(id);
      expect(job?.failedReason).toBeTruthy();
      expect(await queue.getJobCounts('failed')).toEqual({ failed: 1 });

      broken = false;
      await job?.retry();
      await untilSeen(3);
      await until(
        () => queue.getJobCounts('failed'),
        ({ failed }) => failed === 0,
      );
    });

    test('an UnrecoverableError is not tried again', async () => {
      work(async (job) => {
        seen.push(label(job));
        throw new UnrecoverableError('This cannot work.');
      });
      const { id } = await add('a', { attempts: 5, backoff: 1 });
      await untilState(id, 'failed');
      await sleep(bench.realMoment);
      expect(seen).toEqual(['a']);
      expect(await queue.getJob(id)).toMatchObject({ failedReason: 'This cannot work.', attemptsMade: 1 });
    });

    test('a job id that is known is a silent no-op', async () => {
      work(note);
      const { id } = await add('first', { jobId: 'own-id' });
      expect(id).toBe('own-id');
      await add('second', { jobId: 'own-id' });
      await untilState(id, 'completed');
      await add('third', { jobId: 'own-id' });
      await sleep(2 * bench.realMoment);
      expect(seen).toEqual(['first']);
    });

    test('a deduplication id is taken while its job is not finished, and free afterwards', async () => {
      const opts = { deduplication: { id: 'same' } };
      const { end } = hold();
      const { id } = await add('first', opts);
      await untilSeen(1);
      expect((await add('second', opts)).id).toBe(id);
      end();
      await untilState(id, 'completed');
      const next = await add('third', opts);
      expect(next.id).not.toBe(id);
      await untilSeen(2);
      end();
      await untilState(next.id, 'completed');
      expect(seen).toEqual(['first', 'third']);
    });

    test('of several callers with one deduplication id at once, one adds the job', async () => {
      await Promise.all(Array.from({ length: 5 }, () => add('once', { deduplication: { id: 'same' } })));
      work(note);
      await untilSeen(1);
      await sleep(2 * bench.realMoment);
      expect(seen).toEqual(['once']);
    });

    test('a paused queue keeps its jobs until it goes on', async () => {
      await queue.pause();
      expect(await queue.isPaused()).toBe(true);
      work(note);
      await add('a');
      await sleep(2 * bench.realMoment);
      expect(seen).toEqual([]);
      await queue.resume();
      expect(await queue.isPaused()).toBe(false);
      await untilSeen(1);
    });

    test('counts tell where the jobs are', async () => {
      const { end } = hold();
      await add('done');
      await untilSeen(1);
      end();
      await add('active');
      await untilSeen(2);
      await add('delayed', { delay: 1000 * bench.moment });
      await until(
        () => queue.getJobCounts('completed', 'active', 'delayed', 'failed'),
        ({ completed, active, delayed, failed }) =>
          completed === 1 && active === 1 && delayed === 1 && failed === 0,
      );
    });

    test('a closing worker ends its job, takes no other, and leaves the rest to the next worker', async () => {
      const { worker, end } = hold();
      await add('a', { attempts: 3, backoff: bench.moment });
      await untilSeen(1);
      let closed = false;
      const closing = worker.close().then(() => {
        closed = true;
      });
      await add('b', { attempts: 3, backoff: bench.moment });
      await sleep(bench.realMoment);
      expect(closed).toBe(false);
      end();
      await closing;
      expect(seen).toEqual(['a']);
      work(note);
      await untilSeen(2);
      expect(seen).toEqual(['a', 'b']);
    });

    test('a worker past its deadline lets go of its job, and another takes it up', async () => {
      const { worker } = hold({ closeDeadline: 50 });
      await add('a', { attempts: 3, backoff: bench.moment });
      await untilSeen(1);
      await worker.close();
      work(note);
      await untilSeen(2);
      expect(seen).toEqual(['a', 'a']);
    });

    test('a repeating job runs at once and again and again, until it is removed', async () => {
      work(note);
      const { every, real } = bench.interval;
      // Its second run would be far off, so that a run that is seen is the one at once.
      await queue.upsertJobScheduler(
        'seldom',
        { every: 60 * every },
        { name: 'note', data: { is: 'seldom' } },
      );
      await untilSeen(1);
      await queue.removeJobScheduler('seldom');
      const start = Date.now();
      await queue.upsertJobScheduler('sweep', { every }, { name: 'note', data: { is: 'run' } });
      await untilSeen(4);
      expect(seen).toEqual(['seldom', 'run', 'run', 'run']);
      expect(Date.now() - start).toBeGreaterThanOrEqual(2 * real - 50);
      expect(await queue.removeJobScheduler('sweep')).toBe(true);
      expect(await queue.removeJobScheduler('sweep')).toBe(false);
      const runs = seen.length;
      await sleep(2.5 * real);
      expect(seen.length).toBeLessThanOrEqual(runs + 1);
    });

    test('asking for the same repeating job again adds no run', async () => {
      work(note);
      const { every, real } = bench.interval;
      const ask = () => queue.upsertJobScheduler('sweep', { every }, { name: 'note', data: { is: 'run' } });
      await ask();
      await untilSeen(1);
      await ask();
      await ask();
      await sleep(0.5 * real);
      expect(seen).toHaveLength(1);
      await queue.removeJobScheduler('sweep');
    });

    test.each<[string, object]>([
      ['an integer id', { jobId: '7' }],
      ['a colon in an id', { jobId: 'a:b' }],
      ['a broken priority', { priority: 1.5 }],
      ['an empty deduplication id', { deduplication: { id: '' } }],
      ['jitter above one', { backoff: { type: 'fixed', delay: 1, jitter: 2 } }],
    ])('%s is refused', async (_, opts) => {
      await expect(add('a', opts)).rejects.toThrow();
    });

    if (traits.priorities) {
      test('low numbers go before high ones, and none before all', async () => {
        await queue.pause();
        for (const [is, priority] of [
          ['last', 9],
          ['third', 2],
          ['first', 0],
          ['second', 1],
        ] as const) {
          await add(is, { priority });
        }
        work(note);
        await queue.resume();
        await untilSeen(4);
        expect(seen).toEqual(['first', 'second', 'third', 'last']);
      });
    } else {
      console.log(`${engine} knows no priorities: the test of their order does not apply.`);
    }
  });
}

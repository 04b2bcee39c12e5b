import type { EventEmitter } from 'node:events';
import type * as bull from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import type { Job, JobsOptions, Queue, QueueDriver, Worker, WorkerOptions } from './queue.ts';
import { validateOptions } from './validate-options.ts';
import { withDeadline } from './with-deadline.ts';

interface BullmqQueueOptions {
  /** `redis://` or `rediss://`, with user and password if needed. */
  redisUrl: string;
  /** Default `bff`. */
  name?: string;
  /** Prefix of every key; two installations on one Redis need two. Default `bff`. */
  prefix?: string;
  /** Milliseconds a call may take before it counts as failed. Default 3,000. */
  timeout?: number;
  /** Reports connection errors, one for each attempt to reconnect. */
  onError?: (error: Error) => void;
}

/**
 * Creates a queue of BullMQ on Redis, passing options on unchanged. Loads the SDK only here. While
 * Redis is unreachable, calls fail within the timeout, and workers wait for it.
 */
export async function createBullmqQueue(options: BullmqQueueOptions): Promise<QueueDriver> {
  const { redisUrl, name = 'bff', prefix = 'bff', timeout = 3000, onError = () => {} } = options;
  const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
  const connect = (redisOptions: RedisOptions) => {
    const connection = new Redis(redisUrl, {
      retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 5), 2000),
      ...redisOptions,
    });
    connection.on('error', onError);
    return connection;
  };

  const connection = connect({ maxRetriesPerRequest: 1 });
  const bullQueue = new bullmq.Queue(name, { connection, prefix });
  bullQueue.on('error', onError);
  const answer = <Value>(call: Promise<Value>) =>
    withDeadline(call, timeout, 'Redis did not answer in time.');

  const queue: Queue = {
    name,
    async add(jobName, data, opts = {}) {
      validateOptions(opts);
      return toJob(await answer(bullQueue.add(jobName, data ?? {}, opts)));
    },
    async addBulk(jobs) {
      for (const { opts } of jobs) validateOptions(opts ?? {});
      const bulk = jobs.map((job) => ({ ...job, data: job.data ?? {} }));
      return (await answer(bullQueue.addBulk(bulk))).map(toJob);
    },
    async getJob(jobId) {
      const job = await answer(bullQueue.getJob(jobId));
      return job && toJob(job);
    },
    async getJobCounts(...states) {
      const counts = await answer(bullQueue.getJobCounts(...states));
      delete counts['waiting-children'];
      return counts;
    },
    pause: () => answer(bullQueue.pause()),
    resume: () => answer(bullQueue.resume()),
    isPaused: () => answer(bullQueue.isPaused()),
    async upsertJobScheduler(id, repeat, template) {
      validateOptions(template?.opts ?? {});
      return toJob(await answer(bullQueue.upsertJobScheduler(id, repeat, template)));
    },
    removeJobScheduler: (id) => answer(bullQueue.removeJobScheduler(id)),
    async close() {
      await bullQueue.close();
      connection.disconnect();
    },
  };

  return {
    kind: 'bullmq',
    queue,
    createWorker(processor, { closeDeadline, ...opts }: WorkerOptions = {}) {
      // A worker waits for Redis as long as it takes.
      const workerConnection = connect({ maxRetriesPerRequest: null });
      const bullWorker = new bullmq.Worker(name, (job) => processor(toJob(job)), {
        ...opts,
        connection: workerConnection,
        prefix,
      });
      bullWorker.on('error', onError);
      return wrapWorker(bullWorker, workerConnection, closeDeadline);
    },
    close: () => queue.close(),
  };
}

type Listener = Parameters<EventEmitter['on']>[1];

function wrapWorker(bullWorker: bull.Worker, connection: Redis, closeDeadline: number | undefined): Worker {
  const events: EventEmitter = bullWorker;
  let closing: Promise<void> | undefined;

  async function close(force: boolean): Promise<void> {
    const closed = bullWorker.close(force);
    if (force || closeDeadline === undefined) {
      await closed;
    } else {
      await withDeadline(closed, closeDeadline, 'late').catch(() => letGo(closed));
    }
    connection.disconnect();
  }

  /**
   * Ignores a pending close. Without its connection the worker's lock expires, and another worker
   * retries the job as stalled.
   */
  function letGo(closed: Promise<void>): void {
    events.removeAllListeners();
    events.on('error', () => {});
    closed.catch(() => {});
  }

  const worker: Worker = {
    on(event, listener: Listener) {
      events.on(event, listener);
      return worker;
    },
    off(event, listener: Listener) {
      events.off(event, listener);
      return worker;
    },
    run: () => bullWorker.run(),
    close(force = false) {
      closing ??= close(force);
      return closing;
    },
  };
  return worker;
}

/** Types BullMQ's job as ours; only its types are wider. */
function toJob(job: bull.Job): Job {
  if (job.id === undefined) throw new Error('The queue gave a job without an id.');
  return job as bull.Job & { id: string; opts: JobsOptions };
}

import { MemoryJobs } from './memory-jobs.ts';
import { MemorySchedulers } from './memory-schedulers.ts';
import { MemoryWorker } from './memory-worker.ts';
import type { BulkJob, Job, JobState, JobsOptions, Queue, QueueDriver, WorkerOptions } from './queue.ts';
import { systemTimers, type Timers } from './timers.ts';
import { validateOptions } from './validate-options.ts';

interface MemoryQueueOptions {
  /** Default `bff`. */
  name?: string;
  defaultJobOptions?: JobsOptions;
  timers?: Timers;
  /** A number in [0, 1), for jitter. */
  random?: () => number;
}

const allStates = ['active', 'completed', 'delayed', 'failed', 'prioritized', 'waiting'] as const;

/**
 * Creates a queue in this process's memory: the default, for one process. Its jobs die with the
 * process; letters don't, because the letter document is the outbox and the sweeper enqueues lost
 * jobs again.
 */
export function createMemoryQueue(options: MemoryQueueOptions = {}): QueueDriver {
  const { name = 'bff', defaultJobOptions = {}, timers = systemTimers, random = Math.random } = options;
  const jobs = new MemoryJobs(timers, random);
  const schedulers = new MemorySchedulers(jobs);
  const workers = new Set<MemoryWorker>();
  let closed = false;

  jobs.onReady = () => {
    for (const worker of workers) worker.wake();
  };
  jobs.onStalled = (job, state) => {
    const [worker] = workers;
    if (state === 'waiting') worker?.tell('stalled', job.id, 'active');
    else worker?.tell('failed', jobs.view(job), new Error(job.failedReason), 'active');
  };

  const assertOpen = () => {
    if (closed) throw new Error(`Queue ${name} is closed`);
  };
  const prepare = (job: BulkJob) => {
    const opts = { ...defaultJobOptions, ...job.opts };
    validateOptions(opts);
    return { name: job.name, json: JSON.stringify(job.data ?? {}), opts };
  };

  const queue: Queue = {
    name,
    async add(jobName, data, opts) {
      assertOpen();
      return jobs.view(jobs.add(prepare({ name: jobName, data, opts })));
    },
    async addBulk(bulk) {
      assertOpen();
      return bulk.map(prepare).map((job): Job => jobs.view(jobs.add(job)));
    },
    async getJob(jobId) {
      const job = jobs.get(jobId);
      return job && jobs.view(job);
    },
    async getJobCounts(...states) {
      const asked: readonly JobState[] = states.length > 0 ? states : allStates;
      return Object.fromEntries(asked.map((state) => [state, jobs.count(state)]));
    },
    async pause() {
      jobs.paused = true;
    },
    async resume() {
      jobs.paused = false;
      jobs.onReady();
    },
    isPaused: async () => jobs.paused,
    async upsertJobScheduler(id, repeat, template = {}) {
      assertOpen();
      const opts = { ...defaultJobOptions, ...template.opts };
      validateOptions(opts);
      return jobs.view(schedulers.upsert(id, repeat, template, opts));
    },
    removeJobScheduler: async (id) => schedulers.remove(id),
    async close() {
      closed = true;
      jobs.stop();
    },
  };

  return {
    kind: 'memory',
    queue,
    createWorker(processor, opts: WorkerOptions = {}) {
      const worker = new MemoryWorker(jobs, processor, opts, () => workers.delete(worker));
      workers.add(worker);
      return worker;
    },
    close: () => queue.close(),
  };
}

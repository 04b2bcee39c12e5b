/**
 * The queue port, in BullMQ's words: the same names mean the same things, so that its documentation is ours.
 * `server/queue/bullmq-words.test.ts` holds these types against BullMQ's own. Delivery is at least once on
 * every engine: a handler may see a job twice and must be idempotent in the database.
 */

export type JobState = 'waiting' | 'prioritized' | 'delayed' | 'active' | 'completed' | 'failed';

export interface BackoffOptions {
  /** `fixed`: always `delay`. `exponential`: `delay · 2^(attempt − 1)`. */
  type: 'fixed' | 'exponential';
  /** Milliseconds. */
  delay: number;
  /**
   * The random share of the delay, 0 to 1: with 0.5 the wait is between half the delay and the
   * delay.
   */
  jitter?: number;
}

/**
 * How many finished jobs stay readable. `age` is in seconds and checked when another job finishes.
 */
export type KeepJobs = { count: number } | { age: number; count?: number };

export interface DeduplicationOptions {
  /** While a job with this id has not finished, adding another one is a silent no-op. */
  id: string;
  /** Milliseconds: the id is taken for this long instead of until the job finishes. */
  ttl?: number;
}

export interface JobsOptions {
  /** How many attempts the job has in all. Default 1. */
  attempts?: number;
  /** The pause before the next attempt; a number is a fixed pause in milliseconds. Default: at once. */
  backoff?: number | BackoffOptions;
  /** Milliseconds until the job may start. */
  delay?: number;
  /**
   * Own id instead of a generated one: no integer, no `:`. Adding a known id again is a silent
   * no-op.
   */
  jobId?: string;
  deduplication?: DeduplicationOptions;
  /** 0 (default) goes first, then 1, 2, …; up to 2 097 151. */
  priority?: number;
  /**
   * `true` forgets the job once it is done; a number keeps that many of the newest. Default: all
   * are kept.
   */
  removeOnComplete?: boolean | number | KeepJobs;
  /** The same for a job that failed for good. A kept one can be retried with {@link Job.retry}. */
  removeOnFail?: boolean | number | KeepJobs;
}

export interface Job<Data = unknown, Result = unknown, Name extends string = string> {
  readonly id: string;
  readonly name: Name;
  readonly data: Data;
  readonly opts: JobsOptions;
  /** Attempts that ended so far: 0 during the first, 1 at its `completed` or `failed` event. */
  readonly attemptsMade: number;
  /** Milliseconds since 1970, when the job was added. */
  readonly timestamp: number;
  /** Milliseconds since 1970, when the latest attempt began. */
  readonly processedOn?: number;
  /** Milliseconds since 1970, when the job completed or failed for good. */
  readonly finishedOn?: number;
  readonly failedReason?: string;
  readonly returnvalue: Result;
  /** The job's current state; `unknown` once it has been forgotten. */
  getState(): Promise<JobState | 'unknown' | 'waiting-children'>;
  /**
   * Puts a finished job back to waiting, optionally with its attempts reset.
   *
   * @throws when the job is not in `state` (default `failed`)
   */
  retry(state?: 'completed' | 'failed', opts?: { resetAttemptsMade?: boolean }): Promise<void>;
  /**
   * Forgets the job.
   *
   * @throws while it is active
   */
  remove(): Promise<void>;
}

export interface RepeatOptions {
  /** Milliseconds between two runs; the first run is at once. QStash: whole minutes. */
  every: number;
  /** How many runs in all. Default: no end. */
  limit?: number;
}

export interface JobSchedulerTemplate<Data = unknown, Name extends string = string> {
  name?: Name;
  data?: Data;
  opts?: Omit<JobsOptions, 'jobId' | 'delay' | 'deduplication'>;
}

export interface BulkJob<Data = unknown, Name extends string = string> {
  name: Name;
  data: Data;
  opts?: JobsOptions;
}

export interface Queue {
  readonly name: string;
  /**
   * Adds a job; resolves once the engine has it. Copies `data`, which is JSON, at once, so later
   * changes don't reach it. If the id or the deduplication id is taken, resolves to the existing
   * job. Features call `enqueue(queue, definition, payload)` of `enqueue.ts`, which adds the retry
   * policy.
   *
   * @throws on options BullMQ refuses, on a closed queue and when the engine cannot be reached
   */
  add(name: string, data: unknown, opts?: JobsOptions): Promise<Job>;
  /** Adds several jobs; all or none if the engine can promise it (memory, Redis). */
  addBulk(jobs: BulkJob[]): Promise<Job[]>;
  /** The job as it is now, or undefined when it is unknown or was forgotten. */
  getJob(jobId: string): Promise<Job | undefined>;
  /** Count of jobs in each given state (default: in every state). */
  getJobCounts(...states: JobState[]): Promise<Record<string, number>>;
  /** Starts no further jobs in any worker; active ones continue. Repeating it changes nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  isPaused(): Promise<boolean>;
  /**
   * Creates or replaces the repeating job `id`. Each run is scheduled when the previous one starts:
   * runs never pile up, and missed ones are skipped. Resolves to the next run.
   */
  upsertJobScheduler(id: string, repeat: RepeatOptions, template?: JobSchedulerTemplate): Promise<Job>;
  /** Ends a repeating job and its waiting run. False when there is none. */
  removeJobScheduler(id: string): Promise<boolean>;
  /** Closes connections and timers. Jobs stay in the engine. */
  close(): Promise<void>;
}

/**
 * Handles one job. Its result becomes `returnvalue`; a throw is a failed attempt. Throw {@link
 * UnrecoverableError} to fail the job for good.
 */
export type Processor = (job: Job) => Promise<unknown>;

export interface WorkerOptions {
  /** Jobs handled at the same time. Default 1. */
  concurrency?: number;
  /** Milliseconds a job stays locked by an unresponsive worker. Default 30,000. */
  lockDuration?: number;
  /**
   * How often a job may be retried after its worker became unresponsive, before it fails. Default
   * 1.
   */
  maxStalledCount?: number;
  /**
   * Milliseconds between checks for stalled jobs (Redis only; memory knows without checking).
   * Default 30,000.
   */
  stalledInterval?: number;
  /** False: start with {@link Worker.run}. Default true. */
  autorun?: boolean;
  /**
   * Ours, not BullMQ's: milliseconds {@link Worker.close} waits for active jobs before it abandons
   * them; an abandoned job counts as stalled and is retried. Default: no limit.
   */
  closeDeadline?: number;
}

export interface WorkerEvents {
  completed: (job: Job, result: unknown, prev: string) => void;
  /** Every failed attempt, including one that will be retried: see {@link isFinalFailure}. */
  failed: (job: Job | undefined, error: Error, prev: string) => void;
  /** A job whose worker became unresponsive is waiting again. */
  stalled: (jobId: string, prev: string) => void;
  /** An error of the engine itself, or a listener that threw. */
  error: (error: Error) => void;
}

export interface Worker {
  on<Event extends keyof WorkerEvents>(event: Event, listener: WorkerEvents[Event]): this;
  off<Event extends keyof WorkerEvents>(event: Event, listener: WorkerEvents[Event]): this;
  /** Starts taking jobs, when `autorun` was false. Resolves when the worker is closed. */
  run(): Promise<void>;
  /**
   * Takes no further jobs and waits for the active ones; `force` does not wait. A second call waits
   * for the first.
   */
  close(force?: boolean): Promise<void>;
}

/**
 * An engine's queue and workers. `server/container.ts` chooses the engine; features use only {@link
 * Queue}.
 */
export interface QueueDriver {
  readonly kind: 'memory' | 'bullmq' | 'qstash';
  readonly queue: Queue;
  createWorker(processor: Processor, opts?: WorkerOptions): Worker;
  /**
   * Only on an engine that delivers over HTTP: answers its posts to `/api/jobs` and
   * `/api/jobs/failed`.
   */
  handle?(request: Request): Promise<Response>;
  /** Closes the queue; close the workers first. */
  close(): Promise<void>;
}

/** Fails a job for good, however many attempts are left. BullMQ recognises it by its name. */
export class UnrecoverableError extends Error {
  override readonly name = 'UnrecoverableError';
}

/** Whether a `failed` event was the last one: no attempt follows. */
export function isFinalFailure(job: Pick<Job, 'attemptsMade' | 'opts'>, error: Error): boolean {
  return error.name === 'UnrecoverableError' || job.attemptsMade >= (job.opts.attempts ?? 1);
}

import { backoffDelay } from './backoff.ts';
import { Heap } from './heap.ts';
import { MemoryDelays } from './memory-delays.ts';
import { type JobActions, type JobRecord, toJob } from './memory-job.ts';
import { MemoryRetention } from './memory-retention.ts';
import type { Job, JobState, JobsOptions } from './queue.ts';
import type { Timers } from './timers.ts';

interface Entry {
  readonly job: JobRecord;
  readonly ticket: number;
}

interface NewJob {
  name: string;
  json: string;
  opts: JobsOptions;
  schedulerId?: string;
  id?: string;
}

/**
 * Stores the states of all jobs in memory; knows nothing of workers or schedulers. Every method is
 * synchronous, hence atomic.
 */
export class MemoryJobs implements JobActions {
  /** Called when another job becomes available. */
  onReady: () => void = () => {};
  /** Called when a job is taken; the schedulers add their next run here. */
  onTaken: (job: JobRecord) => void = () => {};
  /** Called when a job was taken from an unresponsive holder. */
  onStalled: (job: JobRecord, state: 'waiting' | 'failed') => void = () => {};
  readonly timers: Timers;
  readonly #random: () => number;
  readonly #jobs = new Map<string, JobRecord>();
  readonly #waiting = new Heap<Entry>(
    (a, b) => (a.job.opts.priority ?? 0) - (b.job.opts.priority ?? 0) || a.ticket - b.ticket,
  );
  readonly #delays: MemoryDelays;
  readonly #counts = new Map<JobState, number>();
  readonly #dedup = new Map<string, { jobId: string; until: number }>();
  readonly #retention = new MemoryRetention((job) => this.#forget(job));
  #lastId = 0;
  #lastTicket = 0;
  #firstTicket = 0;
  #lastToken = 0;
  paused = false;

  constructor(timers: Timers, random: () => number) {
    this.timers = timers;
    this.#random = random;
    this.#delays = new MemoryDelays(timers, (job) => this.#wait(job, ++this.#lastTicket));
  }

  add({ name, json, opts, schedulerId, id }: NewJob): JobRecord {
    const now = this.timers.now();
    const known = this.#jobs.get(id ?? opts.jobId ?? '') ?? this.#deduplicated(opts.deduplication?.id, now);
    if (known) return known;
    const job: JobRecord = {
      id: id ?? opts.jobId ?? String(++this.#lastId),
      name,
      json,
      opts,
      schedulerId,
      timestamp: now,
      state: 'waiting',
      ticket: 0,
      attemptsMade: 0,
      stalledCount: 0,
      processedOn: undefined,
      finishedOn: undefined,
      failedReason: undefined,
      returnvalue: undefined,
      token: 0,
    };
    this.#jobs.set(job.id, job);
    this.#count(job.state, 1);
    if (opts.deduplication) {
      const { id: key, ttl } = opts.deduplication;
      this.#dedup.set(key, { jobId: job.id, until: ttl ? now + ttl : Number.POSITIVE_INFINITY });
    }
    this.#enter(job, opts.delay ?? 0);
    return job;
  }

  /**
   * Takes the next job and makes it active; undefined when there is none or the queue is paused.
   */
  take(): JobRecord | undefined {
    if (this.paused) return undefined;
    for (let entry = this.#waiting.pop(); entry; entry = this.#waiting.pop()) {
      const { job, ticket } = entry;
      if (job.ticket !== ticket) continue;
      this.#move(job, 'active');
      job.processedOn = this.timers.now();
      job.token = ++this.#lastToken;
      this.onTaken(job);
      return job;
    }
    return undefined;
  }

  /**
   * Records a completed job; false, and nothing is recorded, when another holder has the job by
   * now.
   */
  complete(job: JobRecord, token: number, result: unknown): boolean {
    if (job.state !== 'active' || job.token !== token) return false;
    job.attemptsMade += 1;
    job.returnvalue = result;
    this.#finish(job, 'completed');
    return true;
  }

  /** Records a failed attempt and schedules the next one, if any. False as for {@link complete}. */
  fail(job: JobRecord, token: number, error: Error): boolean {
    if (job.state !== 'active' || job.token !== token) return false;
    job.attemptsMade += 1;
    job.failedReason = error.message;
    if (job.attemptsMade < (job.opts.attempts ?? 1) && error.name !== 'UnrecoverableError') {
      this.#enter(job, backoffDelay(job.opts.backoff, job.attemptsMade, this.#random));
    } else {
      this.#finish(job, 'failed');
    }
    return true;
  }

  /**
   * Takes a job from an unresponsive holder: it waits in front of the others, or fails when that
   * happened too often.
   */
  stall(job: JobRecord, token: number, maxStalledCount: number): void {
    if (job.state !== 'active' || job.token !== token) return;
    job.stalledCount += 1;
    if (job.stalledCount > maxStalledCount && job.schedulerId === undefined) {
      job.failedReason = 'job stalled more than allowable limit';
      this.#finish(job, 'failed');
      this.onStalled(job, 'failed');
    } else {
      this.#wait(job, --this.#firstTicket);
      this.onStalled(job, 'waiting');
    }
  }

  retry(id: string, state: 'completed' | 'failed', resetAttemptsMade: boolean): void {
    const job = this.#jobs.get(id);
    if (!job) throw new Error(`Missing key for job ${id}. reprocessJob`);
    if (job.state !== state) throw new Error(`Job ${id} is not in the ${state} state. reprocessJob`);
    this.#retention.drop(job);
    job.finishedOn = job.processedOn = job.failedReason = job.returnvalue = undefined;
    if (resetAttemptsMade) job.attemptsMade = 0;
    this.#wait(job, ++this.#lastTicket);
  }

  remove(id: string): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    if (job.state === 'active')
      throw new Error(`Job ${id} could not be removed because it is locked by another worker`);
    this.#retention.drop(job);
    this.#forget(job);
  }

  get(id: string): JobRecord | undefined {
    return this.#jobs.get(id);
  }

  getState(id: string): JobState | 'unknown' {
    return this.#jobs.get(id)?.state ?? 'unknown';
  }

  count(state: JobState): number {
    return this.#counts.get(state) ?? 0;
  }

  view(job: JobRecord): Job {
    return toJob(job, this);
  }

  stop(): void {
    this.#delays.stop();
  }

  #deduplicated(key: string | undefined, now: number): JobRecord | undefined {
    const taken = key === undefined ? undefined : this.#dedup.get(key);
    return taken && taken.until > now ? this.#jobs.get(taken.jobId) : undefined;
  }

  #enter(job: JobRecord, delay: number): void {
    if (delay <= 0) {
      this.#wait(job, ++this.#lastTicket);
      return;
    }
    this.#move(job, 'delayed');
    job.ticket = ++this.#lastTicket;
    this.#delays.push(job, delay);
  }

  #wait(job: JobRecord, ticket: number): void {
    this.#move(job, job.opts.priority ? 'prioritized' : 'waiting');
    job.ticket = ticket;
    this.#waiting.push({ job, ticket });
    this.onReady();
  }

  #finish(job: JobRecord, state: 'completed' | 'failed'): void {
    this.#move(job, state);
    job.finishedOn = this.timers.now();
    this.#release(job, false);
    this.#retention.keep(job, state);
  }

  /** Frees the deduplication id, unless it has a `ttl` of its own. */
  #release(job: JobRecord, removed: boolean): void {
    const key = job.opts.deduplication?.id;
    if (key === undefined || this.#dedup.get(key)?.jobId !== job.id) return;
    if (removed || !job.opts.deduplication?.ttl) this.#dedup.delete(key);
  }

  #forget(job: JobRecord): void {
    this.#release(job, true);
    job.ticket = Number.NaN;
    this.#jobs.delete(job.id);
    this.#count(job.state, -1);
  }

  #move(job: JobRecord, state: JobState): void {
    this.#count(job.state, -1);
    job.state = state;
    this.#count(state, 1);
  }

  #count(state: JobState, by: 1 | -1): void {
    this.#counts.set(state, this.count(state) + by);
  }
}

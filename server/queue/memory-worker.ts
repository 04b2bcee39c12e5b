import { EventEmitter } from 'node:events';
import { SECOND } from '#core/durations.ts';
import type { JobRecord } from './memory-job.ts';
import type { MemoryJobs } from './memory-jobs.ts';
import type { Processor, Worker, WorkerEvents, WorkerOptions } from './queue.ts';

const LOCK_MS = 30 * SECOND;

/** Runs jobs in this process with limited concurrency, starting one per turn of the event loop. */
export class MemoryWorker extends EventEmitter implements Worker {
  readonly #jobs: MemoryJobs;
  readonly #processor: Processor;
  readonly #opts: WorkerOptions;
  readonly #onClosed: () => void;
  readonly #active = new Map<JobRecord, { token: number; done: Promise<void> }>();
  readonly #closed: Promise<void>;
  #resolveClosed: () => void = () => {};
  #closing: Promise<void> | undefined;
  #running = false;
  #woken = false;

  constructor(jobs: MemoryJobs, processor: Processor, opts: WorkerOptions, onClosed: () => void) {
    super();
    this.#jobs = jobs;
    this.#processor = processor;
    this.#opts = opts;
    this.#onClosed = onClosed;
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    if (opts.autorun !== false) void this.run();
  }

  override on<Event extends keyof WorkerEvents>(event: Event, listener: WorkerEvents[Event]): this {
    return super.on(event, listener);
  }

  override off<Event extends keyof WorkerEvents>(event: Event, listener: WorkerEvents[Event]): this {
    return super.off(event, listener);
  }

  run(): Promise<void> {
    this.#running = true;
    this.wake();
    return this.#closed;
  }

  /** Checks for jobs on the next turn, so that many additions cause one check. */
  wake(): void {
    if (this.#woken || !this.#running || this.#closing) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      this.#takeJobs();
    });
  }

  close(force = false): Promise<void> {
    this.#closing ??= this.#close(force);
    return this.#closing;
  }

  /**
   * Notifies the listeners. One that throws is reported as an `error`, and never stops the work.
   */
  tell<Event extends keyof WorkerEvents>(event: Event, ...args: Parameters<WorkerEvents[Event]>): void {
    try {
      if (event !== 'error' || this.listenerCount('error') > 0) this.emit(event, ...args);
    } catch (error) {
      if (event !== 'error') this.tell('error', asError(error));
    }
  }

  #takeJobs(): void {
    while (!this.#closing && this.#active.size < (this.#opts.concurrency ?? 1)) {
      const job = this.#jobs.take();
      if (!job) return;
      const { token } = job;
      this.#active.set(job, { token, done: this.#process(job, token) });
    }
  }

  async #process(job: JobRecord, token: number): Promise<void> {
    let report: () => void;
    let recorded: boolean;
    try {
      const result = await this.#processor(this.#jobs.view(job));
      recorded = this.#jobs.complete(job, token, result);
      report = () => this.tell('completed', this.#jobs.view(job), result, 'active');
    } catch (thrown) {
      const error = asError(thrown);
      recorded = this.#jobs.fail(job, token, error);
      report = () => this.tell('failed', this.#jobs.view(job), error, 'active');
    }
    this.#active.delete(job);
    if (recorded) report();
    else this.tell('error', new Error(`Missing lock for job ${job.id}. moveToFinished`));
    this.wake();
  }

  async #close(force: boolean): Promise<void> {
    const idle = Promise.all([...this.#active.values()].map(({ done }) => done));
    if (!force) await this.#withinDeadline(idle);
    for (const [job, { token }] of this.#active) this.#abandon(job, token);
    this.#onClosed();
    this.#resolveClosed();
  }

  async #withinDeadline(idle: Promise<unknown>): Promise<void> {
    const { closeDeadline } = this.#opts;
    if (closeDeadline === undefined) {
      await idle;
      return;
    }
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#jobs.timers.after(closeDeadline, resolve);
    });
    await Promise.race([idle, late]);
    cancel();
  }

  /** Stops renewing a job's lock: once it expires, the job has stalled. */
  #abandon(job: JobRecord, token: number): void {
    const { lockDuration = LOCK_MS, maxStalledCount = 1 } = this.#opts;
    this.#jobs.timers.after(lockDuration, () => this.#jobs.stall(job, token, maxStalledCount));
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

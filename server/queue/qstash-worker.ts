import { EventEmitter } from 'node:events';
import type { Job, Processor, Worker, WorkerEvents, WorkerOptions } from './queue.ts';
import { withDeadline } from './with-deadline.ts';

/** The worker was closed while it had the job. */
export class WorkerGone extends Error {
  override readonly name = 'WorkerGone';
}

/**
 * Handles the jobs that QStash delivers to this process, with limited concurrency; more wait in
 * line.
 */
export class QstashWorker extends EventEmitter implements Worker {
  readonly #processor: Processor;
  readonly #opts: WorkerOptions;
  readonly #onClosed: () => void;
  readonly #active = new Set<Promise<unknown>>();
  readonly #line: (() => void)[] = [];
  readonly #gone: Promise<never>;
  readonly #closed: Promise<void>;
  #leave: () => void = () => {};
  #resolveClosed: () => void = () => {};
  #busy = 0;
  #closing: Promise<void> | undefined;
  #running: boolean;

  constructor(processor: Processor, opts: WorkerOptions, onClosed: () => void) {
    super();
    this.#processor = processor;
    this.#opts = opts;
    this.#onClosed = onClosed;
    this.#running = opts.autorun !== false;
    this.#gone = new Promise((_, reject) => {
      this.#leave = () => reject(new WorkerGone('The worker was closed.'));
    });
    this.#gone.catch(() => {});
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  override on<Event extends keyof WorkerEvents>(event: Event, listener: WorkerEvents[Event]): this {
    return super.on(event, listener);
  }

  override off<Event extends keyof WorkerEvents>(event: Event, listener: WorkerEvents[Event]): this {
    return super.off(event, listener);
  }

  get accepts(): boolean {
    return this.#running && !this.#closing;
  }

  run(): Promise<void> {
    this.#running = true;
    return this.#closed;
  }

  close(force = false): Promise<void> {
    this.#closing ??= this.#close(force);
    return this.#closing;
  }

  /**
   * Handles one attempt.
   *
   * @throws the processor's error, or {@link WorkerGone}: then the attempt does not count as the
   *   job's fault
   */
  async handle(job: Job): Promise<void> {
    await this.#takeSlot();
    if (this.#closing) throw new WorkerGone('The worker was closed.');
    const work = this.#process(job);
    this.#active.add(work);
    try {
      await Promise.race([work, this.#gone]);
    } finally {
      this.#active.delete(work);
      this.#busy -= 1;
      this.#line.shift()?.();
    }
  }

  /**
   * Notifies the listeners. One that throws is reported as an `error`, and never stops the work.
   */
  tell<Event extends keyof WorkerEvents>(event: Event, ...args: Parameters<WorkerEvents[Event]>): void {
    try {
      if (event !== 'error' || this.listenerCount('error') > 0) this.emit(event, ...args);
    } catch (error) {
      if (event !== 'error') this.tell('error', error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #process(job: Job): Promise<void> {
    const after = { ...job, attemptsMade: job.attemptsMade + 1 };
    try {
      const result = await this.#processor(job);
      this.tell('completed', { ...after, returnvalue: result }, result, 'active');
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.tell('failed', { ...after, failedReason: error.message }, error, 'active');
      throw error;
    }
  }

  async #takeSlot(): Promise<void> {
    this.#busy += 1;
    if (this.#busy <= (this.#opts.concurrency ?? 1)) return;
    await new Promise<void>((resolve) => this.#line.push(resolve));
  }

  async #close(force: boolean): Promise<void> {
    const idle = Promise.allSettled(this.#active);
    const { closeDeadline } = this.#opts;
    if (!force && closeDeadline === undefined) await idle;
    else if (!force) await withDeadline(idle, closeDeadline ?? 0, 'late').catch(() => {});
    this.#leave();
    for (const next of this.#line.splice(0)) next();
    this.#onClosed();
    this.#resolveClosed();
  }
}

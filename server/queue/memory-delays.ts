import { Heap } from './heap.ts';
import type { JobRecord } from './memory-job.ts';
import type { Timers } from './timers.ts';

/** Delayed jobs, with one timer for the earliest of them: nothing is polled. */
export class MemoryDelays {
  readonly #timers: Timers;
  readonly #onDue: (job: JobRecord) => void;
  readonly #entries = new Heap<{ job: JobRecord; ticket: number; dueAt: number }>(
    (a, b) => a.dueAt - b.dueAt || a.ticket - b.ticket,
  );
  #cancelAlarm: (() => void) | undefined;

  constructor(timers: Timers, onDue: (job: JobRecord) => void) {
    this.#timers = timers;
    this.#onDue = onDue;
  }

  /** @param delay milliseconds from now */
  push(job: JobRecord, delay: number): void {
    this.#entries.push({ job, ticket: job.ticket, dueAt: this.#timers.now() + delay });
    this.#setAlarm();
  }

  stop(): void {
    this.#cancelAlarm?.();
  }

  #setAlarm(): void {
    this.stop();
    const next = this.#entries.peek();
    if (next) this.#cancelAlarm = this.#timers.after(next.dueAt - this.#timers.now(), () => this.#wake());
  }

  #wake(): void {
    const now = this.#timers.now();
    for (let next = this.#entries.peek(); next && next.dueAt <= now; next = this.#entries.peek()) {
      this.#entries.pop();
      // A job that was removed or moved in the meantime has another ticket.
      if (next.job.ticket === next.ticket) this.#onDue(next.job);
    }
    this.#setAlarm();
  }
}

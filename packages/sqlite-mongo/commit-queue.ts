import type { DatabaseSync } from 'node:sqlite';

interface Job {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Groups commits: writes from the same turn of the event loop share one transaction, and so one
 * fsync. A write's promise settles only after COMMIT, so that an acknowledged write is on disk.
 * Writes run one after another, each in a savepoint: a failed one leaves no trace and doesn't
 * affect the others.
 */
export class CommitQueue {
  readonly #sql: DatabaseSync;
  readonly #onLost: () => void;
  #pending: Job[] = [];
  #scheduled: NodeJS.Immediate | undefined;

  /** @param onLost called if a whole transaction was lost, and caches of its writes are wrong */
  constructor(sql: DatabaseSync, onLost: () => void) {
    this.#sql = sql;
    this.#onLost = onLost;
  }

  write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#pending.push({ run, resolve: resolve as (value: unknown) => void, reject });
      this.#scheduled ??= setImmediate(() => this.flush());
    });
  }

  flush(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const jobs = this.#pending;
    this.#pending = [];
    if (jobs.length === 0) return;
    try {
      this.#sql.exec('BEGIN IMMEDIATE');
      const settle = jobs.map((job) => this.#attempt(job));
      this.#sql.exec('COMMIT');
      for (const settled of settle) settled();
    } catch (error) {
      if (this.#sql.isTransaction) this.#sql.exec('ROLLBACK');
      this.#onLost();
      for (const job of jobs) job.reject(error);
    }
  }

  #attempt(job: Job): () => void {
    this.#sql.exec('SAVEPOINT job');
    try {
      const value = job.run();
      this.#sql.exec('RELEASE job');
      return () => job.resolve(value);
    } catch (error) {
      // A full disk ends the whole transaction: nothing of this batch can be kept.
      if (!this.#sql.isTransaction) throw error;
      this.#sql.exec('ROLLBACK TO job');
      this.#sql.exec('RELEASE job');
      return () => job.reject(error);
    }
  }
}

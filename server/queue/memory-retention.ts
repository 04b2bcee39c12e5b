import { SECOND } from '#core/durations.ts';
import type { JobRecord } from './memory-job.ts';
import type { JobsOptions, KeepJobs } from './queue.ts';

/**
 * Decides which finished jobs stay readable. Checks their age when another job finishes, as BullMQ
 * does.
 */
export class MemoryRetention {
  readonly #forget: (job: JobRecord) => void;
  /** Oldest first. */
  readonly #finished = { completed: new Set<JobRecord>(), failed: new Set<JobRecord>() };

  constructor(forget: (job: JobRecord) => void) {
    this.#forget = forget;
  }

  keep(job: JobRecord, state: 'completed' | 'failed'): void {
    const jobs = this.#finished[state];
    jobs.add(job);
    const rule = normalizeRule(state === 'completed' ? job.opts.removeOnComplete : job.opts.removeOnFail);
    if (!rule) return;
    const count = rule.count ?? Number.POSITIVE_INFINITY;
    const oldest = 'age' in rule ? (job.finishedOn ?? 0) - rule.age * SECOND : Number.NEGATIVE_INFINITY;
    for (const old of jobs) {
      if (jobs.size <= count && (old.finishedOn ?? 0) >= oldest) break;
      jobs.delete(old);
      this.#forget(old);
    }
  }

  /** Removes a job that is no longer finished: it was retried or removed. */
  drop(job: JobRecord): void {
    this.#finished.completed.delete(job);
    this.#finished.failed.delete(job);
  }
}

function normalizeRule(remove: JobsOptions['removeOnComplete']): KeepJobs | undefined {
  if (remove === true) return { count: 0 };
  if (typeof remove === 'number') return { count: remove };
  return remove === false ? undefined : remove;
}

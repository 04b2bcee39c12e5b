import type { JobRecord } from './memory-job.ts';
import type { MemoryJobs } from './memory-jobs.ts';
import type { JobSchedulerTemplate, JobsOptions, RepeatOptions } from './queue.ts';

interface Scheduler {
  repeat: RepeatOptions;
  name: string;
  json: string;
  opts: JobsOptions;
  runs: number;
  nextAt: number;
  nextId: string;
}

/**
 * Schedules repeating jobs. Each has at most one run that has not started, added when the previous
 * one starts.
 */
export class MemorySchedulers {
  readonly #jobs: MemoryJobs;
  readonly #schedulers = new Map<string, Scheduler>();

  constructor(jobs: MemoryJobs) {
    this.#jobs = jobs;
    jobs.onTaken = (job) => this.#continue(job);
  }

  upsert(id: string, repeat: RepeatOptions, template: JobSchedulerTemplate, opts: JobsOptions): JobRecord {
    if (!(repeat.every > 0))
      throw new Error('Either .pattern or .every options must be defined for this repeatable job');
    const known = this.#schedulers.get(id);
    const now = this.#jobs.timers.now();
    const scheduler: Scheduler = {
      repeat,
      name: template.name ?? id,
      json: JSON.stringify(template.data ?? {}),
      opts,
      runs: known?.runs ?? 0,
      nextAt: known && known.repeat.every === repeat.every ? known.nextAt : now,
      nextId: '',
    };
    if (known) this.#removeNext(known);
    this.#schedulers.set(id, scheduler);
    return this.#addNext(id, scheduler);
  }

  remove(id: string): boolean {
    const scheduler = this.#schedulers.get(id);
    if (!scheduler) return false;
    this.#removeNext(scheduler);
    return this.#schedulers.delete(id);
  }

  #addNext(id: string, scheduler: Scheduler): JobRecord {
    const { every } = scheduler.repeat;
    // Skip slots whose run is still active or kept.
    while (this.#jobs.get(slotId(id, scheduler.nextAt))) scheduler.nextAt += every;
    scheduler.nextId = slotId(id, scheduler.nextAt);
    return this.#jobs.add({
      id: scheduler.nextId,
      name: scheduler.name,
      json: scheduler.json,
      opts: { ...scheduler.opts, delay: Math.max(0, scheduler.nextAt - this.#jobs.timers.now()) },
      schedulerId: id,
    });
  }

  #removeNext(scheduler: Scheduler): void {
    const next = this.#jobs.get(scheduler.nextId);
    if (next && ['waiting', 'prioritized', 'delayed'].includes(next.state) && next.attemptsMade === 0) {
      this.#jobs.remove(next.id);
    }
  }

  #continue(job: JobRecord): void {
    const scheduler = this.#schedulers.get(job.schedulerId ?? '');
    // A retry of a run is not a new run.
    if (!scheduler || scheduler.nextId !== job.id) return;
    scheduler.runs += 1;
    const { every, limit } = scheduler.repeat;
    if (limit !== undefined && scheduler.runs >= limit) {
      this.#schedulers.delete(job.schedulerId ?? '');
      return;
    }
    const now = this.#jobs.timers.now();
    scheduler.nextAt += every;
    // Slots missed while no worker ran are skipped.
    if (scheduler.nextAt < now) scheduler.nextAt += Math.ceil((now - scheduler.nextAt) / every) * every;
    this.#addNext(job.schedulerId ?? '', scheduler);
  }
}

function slotId(id: string, at: number): string {
  return `repeat:${id}:${at}`;
}

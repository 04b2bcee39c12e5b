import type { Job, JobState, JobsOptions } from './queue.ts';

/** A job as the engine keeps it. */
export interface JobRecord {
  readonly id: string;
  readonly name: string;
  /** The payload as JSON, so that nobody holds a reference into the queue. */
  readonly json: string;
  readonly opts: JobsOptions;
  readonly timestamp: number;
  readonly schedulerId: string | undefined;
  state: JobState;
  /** Order among jobs of one priority, or of one due time; an entry of a heap with another ticket is stale. */
  ticket: number;
  attemptsMade: number;
  stalledCount: number;
  processedOn: number | undefined;
  finishedOn: number | undefined;
  failedReason: string | undefined;
  returnvalue: unknown;
  /** Who holds the job while it is active. */
  token: number;
}

/** What a job can do to itself, given by the engine. */
export interface JobActions {
  getState(id: string): JobState | 'unknown';
  retry(id: string, state: 'completed' | 'failed', resetAttemptsMade: boolean): void;
  remove(id: string): void;
}

/** A snapshot of the record, as BullMQ's jobs are: what happens later is seen by asking the queue again. */
export function toJob(record: JobRecord, actions: JobActions): Job {
  const { id, name, opts, attemptsMade, timestamp, processedOn, finishedOn, failedReason, returnvalue } =
    record;
  return {
    id,
    name,
    data: JSON.parse(record.json),
    opts,
    attemptsMade,
    timestamp,
    processedOn,
    finishedOn,
    failedReason,
    returnvalue,
    getState: async () => actions.getState(id),
    retry: async (state = 'failed', { resetAttemptsMade = false } = {}) =>
      actions.retry(id, state, resetAttemptsMade),
    remove: async () => actions.remove(id),
  };
}

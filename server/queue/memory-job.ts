import type { Job, JobState, JobsOptions } from './queue.ts';

export interface JobRecord {
  readonly id: string;
  readonly name: string;
  /** The payload as JSON, so that no caller shares a reference with the queue. */
  readonly json: string;
  readonly opts: JobsOptions;
  readonly timestamp: number;
  readonly schedulerId: string | undefined;
  state: JobState;
  /**
   * Orders jobs of one priority, or of one start time. A heap entry with another ticket is stale.
   */
  ticket: number;
  attemptsMade: number;
  stalledCount: number;
  processedOn: number | undefined;
  finishedOn: number | undefined;
  failedReason: string | undefined;
  returnvalue: unknown;
  /** Identifies the holder of an active job. */
  token: number;
}

/** Operations of a job on itself, implemented by the engine. */
export interface JobActions {
  getState(id: string): JobState | 'unknown';
  retry(id: string, state: 'completed' | 'failed', resetAttemptsMade: boolean): void;
  remove(id: string): void;
}

/** A snapshot of the record, as BullMQ's jobs are: ask the queue again for later changes. */
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

import { MINUTE, SECOND } from '#core/durations.ts';
import { describeError } from '#server/log.ts';
import { isFinalFailure, type QueueDriver, type Worker } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { createProcessor } from './process-job.ts';
import { recordFailure } from './record-failure.ts';
import { repeatJobs } from './repeat-jobs.ts';

interface WorkerSettings {
  concurrency?: number;
  /** Milliseconds {@link RunningWorker.close} waits for active jobs. Default 10,000. */
  closeDeadline?: number;
  /** Milliseconds until the jobs of a dead worker are retried. Default 30,000. */
  lockDuration?: number;
  /** Milliseconds between two sweeps of the outbox; QStash: whole minutes. Default 60,000. */
  sweepEvery?: number;
}

export interface RunningWorker {
  /**
   * Takes no further job and waits for the active ones until the deadline; the queue stays open.
   */
  close(): Promise<void>;
}

/** High, because a job is not to blame for every restart during its run. */
const maxStalledCount = 10;

/**
 * Starts handling a queue's jobs and schedules the repeating ones: the outbox is swept at once,
 * then every minute. Retries in the background while the queue is unreachable.
 */
export function createWorker(
  driver: QueueDriver,
  deps: WorkerDeps,
  settings: WorkerSettings = {},
): RunningWorker {
  const {
    concurrency = 4,
    closeDeadline = 10 * SECOND,
    lockDuration = 30 * SECOND,
    sweepEvery = MINUTE,
  } = settings;
  const worker = driver.createWorker(createProcessor(deps), {
    concurrency,
    closeDeadline,
    lockDuration,
    stalledInterval: lockDuration,
    maxStalledCount,
  });
  const repeated = repeatJobs(driver.queue, deps, sweepEvery);
  watch(worker, deps);
  worker.on('error', () => repeated.renew());

  return {
    async close() {
      repeated.stop();
      await worker.close();
    },
  };
}

function watch(worker: Worker, deps: WorkerDeps): void {
  const { log } = deps;
  worker.on('failed', (job, error) => {
    const fields = { job: job?.name, jobId: job?.id, attempt: job?.attemptsMade, ...describeError(error) };
    if (job && !isFinalFailure(job, error)) {
      log.error('job attempt failed', fields);
      return;
    }
    log.error('job failed for good', fields);
    if (job) void recordFailure(deps, job);
  });
  worker.on('stalled', (jobId) => log.error('job stalled', { jobId }));
  worker.on('error', (error) => log.error('worker error', describeError(error)));
}

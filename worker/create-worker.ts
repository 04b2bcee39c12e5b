import { outboxSweep, photosCollect } from '#server/letters/letter.jobs.ts';
import { describeError } from '#server/log.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { isFinalFailure, type Queue, type QueueDriver, type Worker } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { createProcessor } from './process-job.ts';
import { recordFailure } from './record-failure.ts';

export interface WorkerSettings {
  /** Jobs handled at the same time. Default 4. */
  concurrency?: number;
  /** Milliseconds {@link RunningWorker.close} waits for active jobs. Default 10,000. */
  closeDeadline?: number;
}

export interface RunningWorker {
  /** Takes no further job and waits for the active ones until the deadline; the queue stays open. */
  close(): Promise<void>;
}

/** A job is not to blame for every restart it lives through. */
const maxStalledCount = 10;
const SWEEP_EVERY_MS = 60_000;
const COLLECT_EVERY_MS = 24 * 3_600_000;
const SCHEDULE_AGAIN_MS = 10_000;

/**
 * Starts handling jobs of a driver's queue, and has the repeating jobs run: the outbox is swept at once, then every
 * minute. A queue that cannot be reached yet is tried again in the background.
 */
export function createWorker(
  driver: QueueDriver,
  deps: WorkerDeps,
  settings: WorkerSettings = {},
): RunningWorker {
  const { concurrency = 4, closeDeadline = 10_000 } = settings;
  const worker = driver.createWorker(createProcessor(deps), { concurrency, closeDeadline, maxStalledCount });
  watch(worker, deps);

  let again: NodeJS.Timeout | undefined;
  let closing = false;
  const schedule = async () => {
    try {
      await scheduleRepeatingJobs(driver.queue);
    } catch (error) {
      deps.log.error('repeating jobs not scheduled', describeError(error));
      if (closing) return;
      again = setTimeout(schedule, SCHEDULE_AGAIN_MS);
      again.unref();
    }
  };
  void schedule();

  return {
    async close() {
      closing = true;
      clearTimeout(again);
      await worker.close();
    },
  };
}

async function scheduleRepeatingJobs(queue: Queue): Promise<void> {
  const repeating = [
    { job: outboxSweep, every: SWEEP_EVERY_MS },
    { job: photosCollect, every: COLLECT_EVERY_MS },
  ];
  for (const { job, every } of repeating) {
    const { deduplication: _, ...opts } = job.options({});
    await queue.upsertJobScheduler(job.name, { every }, { name: job.name, data: {}, opts });
  }
  // The scheduler's own next run may be a minute away when the queue outlived the worker.
  await enqueue(queue, outboxSweep, {});
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

import { DAY, HOUR } from '#core/durations.ts';
import { accountsSweep } from '#server/deletion/deletion.jobs.ts';
import { outboxSweep } from '#server/letters/letter.jobs.ts';
import { describeError } from '#server/log.ts';
import { photosCollect } from '#server/photos/photo.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import type { Queue } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';

interface RepeatedJobs {
  /** Schedules the jobs again soon, because a troubled queue may have lost them. */
  renew(): void;
  stop(): void;
}

const COLLECT_EVERY_MS = DAY;
const ACCOUNTS_EVERY_MS = HOUR;
const AGAIN_MS = 5000;

/**
 * Schedules the repeating jobs and sweeps the outbox at once. Retries in the background while the
 * queue is unreachable.
 *
 * @param sweepEvery milliseconds between two sweeps
 */
export function repeatJobs(queue: Queue, { log }: Pick<WorkerDeps, 'log'>, sweepEvery: number): RepeatedJobs {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const renew = () => {
    if (stopped || timer) return;
    timer = setTimeout(attempt, AGAIN_MS);
    timer.unref();
  };
  const attempt = async () => {
    timer = undefined;
    try {
      await schedule(queue, sweepEvery);
    } catch (error) {
      log.error('repeating jobs not scheduled', describeError(error));
      renew();
    }
  };
  void attempt();

  return {
    renew,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function schedule(queue: Queue, sweepEvery: number): Promise<void> {
  const repeating = [
    { job: outboxSweep, every: sweepEvery },
    { job: accountsSweep, every: ACCOUNTS_EVERY_MS },
    { job: photosCollect, every: COLLECT_EVERY_MS },
  ];
  for (const { job, every } of repeating) {
    const { deduplication: _, ...opts } = job.options({});
    await queue.upsertJobScheduler(job.name, { every }, { name: job.name, data: {}, opts });
  }
  // The scheduler's own next run may be a minute away when the queue outlived the worker.
  await enqueue(queue, outboxSweep, {});
}

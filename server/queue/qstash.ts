import type { Client } from '@upstash/qstash';
import type { Logger } from '../log.ts';
import { createMemoryLedger, type MessageLedger } from './message-ledger.ts';
import { answerQstash, type QstashEndpoint } from './qstash-endpoint.ts';
import { type MessageRecord, QstashJobs, toSnapshot } from './qstash-jobs.ts';
import { toCron } from './qstash-message.ts';
import { isUnfinished, QstashPublisher } from './qstash-publisher.ts';
import { QstashWorker } from './qstash-worker.ts';
import type { BulkJob, Job, JobState, Queue, QueueDriver } from './queue.ts';
import { validateOptions } from './validate-options.ts';
import type { QstashKeys } from './verify-qstash.ts';
import { withDeadline } from './with-deadline.ts';

interface QstashQueueOptions {
  token: string;
  /** QStash's address. Default: the vendor's own. */
  baseUrl?: string;
  /** The worker's address, without a trailing slash: jobs are delivered to its `/api/jobs`. */
  workerUrl: string;
  keys: QstashKeys;
  /** Default `bff`. */
  name?: string;
  /**
   * Retries the plan allows; a job that asks for more has them spread over the same time. Default
   * 3.
   */
  maxRetries?: number;
  /** Jobs delivered at the same time. Default 10. */
  parallelism?: number;
  /** Milliseconds a call may take before it counts as failed. Default 5,000. */
  timeout?: number;
  log: Logger;
  now?: () => Date;
  random?: () => number;
  ledger?: MessageLedger;
}

export interface QstashDriver extends QueueDriver {
  readonly kind: 'qstash';
  /** Answers QStash at `/api/jobs` and `/api/jobs/failed`. */
  handle(request: Request): Promise<Response>;
}

const allStates = ['active', 'completed', 'delayed', 'failed', 'prioritized', 'waiting'] as const;

/**
 * Creates a queue of Upstash QStash, which delivers jobs to the worker over HTTP. It has no
 * priorities and no stalled jobs, delays in seconds and repeats in minutes. The SDK is loaded on
 * first use.
 */
export async function createQstashQueue(options: QstashQueueOptions): Promise<QstashDriver> {
  const { name = 'bff', workerUrl, maxRetries = 3, parallelism = 10, timeout = 5000, log } = options;
  const { now = () => new Date(), random = Math.random, ledger = createMemoryLedger() } = options;
  const { Client } = await import('@upstash/qstash');
  const client: Client = new Client({
    token: options.token,
    baseUrl: options.baseUrl,
    enableTelemetry: false,
    devMode: false,
    retry: { retries: 2, backoff: (retry) => 100 * 2 ** retry },
  });
  const jobsUrl = `${workerUrl}/api/jobs`;
  const failedUrl = `${jobsUrl}/failed`;
  const ask = <Value>(call: Promise<Value>) => withDeadline(call, timeout, 'QStash did not answer in time.');
  const jobs = new QstashJobs(client, ask, jobsUrl);
  const publisher = new QstashPublisher({
    client,
    ask,
    jobs,
    name,
    jobsUrl,
    failedUrl,
    maxRetries,
    parallelism,
    now,
    random,
  });
  const workers = new Set<QstashWorker>();
  let closed = false;

  async function publish(job: BulkJob): Promise<Job> {
    if (closed) throw new Error(`Queue ${name} is closed`);
    return toJob(await publisher.publish(job));
  }

  function toJob(record: MessageRecord, failedReason?: string): Job {
    const snapshot = toSnapshot(record, failedReason);
    return {
      ...snapshot,
      getState: async () => (await jobs.find(snapshot.id))?.state ?? 'unknown',
      retry: (state = 'failed') => publisher.publishAgain(snapshot.id, state),
      remove: () => removeJob(snapshot.id),
    };
  }

  async function removeJob(jobId: string): Promise<void> {
    const record = await jobs.find(jobId);
    if (!record) return;
    if (record.state === 'active')
      throw new Error(`Job ${jobId} could not be removed because it is being handled.`);
    const dead = record.state === 'failed' ? await jobs.findDead(record.messageId) : undefined;
    if (dead) await ask(client.dlq.delete(dead.dlqId));
    else if (isUnfinished(record.state)) await ask(client.messages.cancel(record.messageId));
  }

  const scheduleOf = (id: string) => `${name}.${id}`;
  const findSchedule = async (id: string) =>
    (await ask(client.schedules.list())).find(({ scheduleId }) => scheduleId === scheduleOf(id));

  const queue: Queue = {
    name,
    add: (jobName, data, opts) => publish({ name: jobName, data, opts }),
    async addBulk(bulk) {
      for (const { opts } of bulk) validateOptions(opts ?? {});
      return Promise.all(bulk.map(publish));
    },
    async getJob(jobId) {
      const record = await jobs.find(jobId);
      if (!record || record.state === 'unknown') return undefined;
      const dead = record.state === 'failed' ? await jobs.findDead(record.messageId) : undefined;
      return toJob(record, dead?.reason);
    },
    async getJobCounts(...states) {
      const counts = await jobs.count();
      const asked: readonly JobState[] = states.length > 0 ? states : allStates;
      return Object.fromEntries(asked.map((state) => [state, counts.get(state) ?? 0]));
    },
    pause: () => ask(client.flowControl.pause(name)),
    resume: () => ask(client.flowControl.resume(name)),
    async isPaused() {
      const flow = await ask(client.flowControl.get(name)).catch(whenMissing);
      return flow?.isPaused ?? false;
    },
    async upsertJobScheduler(id, { every, limit }, template = {}) {
      if (limit !== undefined) throw new Error('QStash repeats jobs without an end.');
      const job = { name: template.name ?? id, data: template.data, opts: template.opts };
      const cron = toCron(every);
      const known = await findSchedule(id);
      const { url, body, ...request } = publisher.toRequest(job);
      const schedule = {
        ...request,
        destination: url,
        body: JSON.stringify(body),
        cron,
        scheduleId: scheduleOf(id),
      };
      await ask(client.schedules.create(schedule));
      if (!known || known.cron !== cron) return publish(job);
      return toJob({
        messageId: scheduleOf(id),
        message: body,
        state: 'delayed',
        createdAt: body.at,
        attemptsMade: 0,
      });
    },
    async removeJobScheduler(id) {
      if (!(await findSchedule(id))) return false;
      await ask(client.schedules.delete(scheduleOf(id)));
      return true;
    },
    async close() {
      closed = true;
    },
  };

  const endpoint: QstashEndpoint = {
    jobsUrl,
    failedUrl,
    keys: options.keys,
    ledger,
    log,
    now,
    workers,
    toJob: (message, { messageId, retried }) =>
      toJob({ messageId, message, state: 'active', createdAt: message.at, attemptsMade: retried }),
  };

  return {
    kind: 'qstash',
    queue,
    createWorker(processor, opts = {}) {
      const worker = new QstashWorker(processor, opts, () => workers.delete(worker));
      workers.add(worker);
      return worker;
    },
    handle: (request) => answerQstash(endpoint, request),
    close: () => queue.close(),
  };
}

function whenMissing(error: unknown): undefined {
  if (error instanceof Error && 'status' in error && error.status === 404) return undefined;
  throw error;
}

import { randomUUID } from 'node:crypto';
import type { Client, PublishRequest } from '@upstash/qstash';
import { DAY, inSeconds } from '#core/durations.ts';
import { deduplicationLabel, jobLabel, type MessageRecord, type QstashJobs } from './qstash-jobs.ts';
import { type QstashMessage, toRetries } from './qstash-message.ts';
import type { BulkJob, JobState, JobsOptions } from './queue.ts';
import { validateOptions } from './validate-options.ts';

interface QstashPublisherOptions {
  client: Client;
  ask: <Value>(call: Promise<Value>) => Promise<Value>;
  jobs: QstashJobs;
  name: string;
  jobsUrl: string;
  failedUrl: string;
  maxRetries: number;
  parallelism: number;
  now(): Date;
  random(): number;
}

/** Publishes jobs on QStash, each only once while its id is taken. */
export class QstashPublisher {
  readonly #opts: QstashPublisherOptions;

  constructor(opts: QstashPublisherOptions) {
    this.#opts = opts;
  }

  /**
   * Publishes a job.
   *
   * @returns the new message, or the existing one with the same id or deduplication id
   */
  async publish(job: BulkJob): Promise<MessageRecord> {
    const { client, ask } = this.#opts;
    const { opts = {} } = job;
    const request = this.toRequest(job);
    const once = await this.#findTwin(opts);
    if (once && 'twin' in once) return once.twin;
    const { messageId } = await ask(
      client.publishJSON({ ...request, deduplicationId: once?.deduplicationId }),
    );
    const state = opts.delay ? 'delayed' : 'waiting';
    return { messageId, message: request.body, state, createdAt: request.body.at, attemptsMade: 0 };
  }

  /**
   * Publishes a finished message again. Does not let QStash resend it, which would treat it as a
   * duplicate of itself.
   */
  async publishAgain(jobId: string, state: JobState): Promise<void> {
    const { client, ask, jobs, name } = this.#opts;
    const record = await jobs.find(jobId);
    if (!record?.message || record.state !== state)
      throw new Error(`Job ${jobId} is not in the ${state} state.`);
    const { id, data, attempts } = record.message;
    const dead = state === 'failed' ? await jobs.findDead(record.messageId) : undefined;
    const request = this.toRequest({ name: record.message.name, data, opts: { jobId: id, attempts } });
    const retryDelay = dead?.retryDelay ?? request.retryDelay;
    await ask(
      client.publishJSON({ ...request, retryDelay, deduplicationId: `${name}.again.${randomUUID()}` }),
    );
    if (dead) await ask(client.dlq.delete(dead.dlqId));
  }

  /** @throws on options BullMQ refuses */
  toRequest(job: BulkJob) {
    const { opts = {} } = job;
    const { maxRetries, random, now, jobsUrl, failedUrl, name, parallelism } = this.#opts;
    validateOptions(opts);
    const { attempts, retries, retryDelay } = toRetries(opts, maxRetries, random);
    const id = opts.jobId === undefined ? {} : { id: opts.jobId };
    const body: QstashMessage = {
      name: job.name,
      data: job.data ?? {},
      attempts,
      at: now().getTime(),
      ...id,
    };
    const labels = [
      ...(opts.jobId === undefined ? [] : [jobLabel(opts.jobId)]),
      ...(opts.deduplication ? [deduplicationLabel(opts.deduplication.id)] : []),
    ];
    return {
      url: jobsUrl,
      body,
      retries,
      retryDelay,
      failureCallback: failedUrl,
      flowControl: { key: name, parallelism },
      ...(opts.delay ? { delay: Math.ceil(inSeconds(opts.delay)) } : {}),
      ...(labels.length > 0 ? { label: labels } : {}),
    } satisfies PublishRequest<QstashMessage>;
  }

  /**
   * Finds the job that holds the same id, or else makes an id for QStash. QStash keeps a
   * deduplication id for 90 days, but ours is free once the job has finished. So each generation
   * gets an id of its own, and of several concurrent callers one succeeds.
   */
  async #findTwin(
    opts: JobsOptions,
  ): Promise<{ twin: MessageRecord } | { deduplicationId: string } | undefined> {
    const { jobs, name, now } = this.#opts;
    if (opts.jobId !== undefined) {
      const twin = await jobs.findLatest(jobLabel(opts.jobId));
      return twin ? { twin } : { deduplicationId: `${name}.${jobLabel(opts.jobId)}` };
    }
    if (!opts.deduplication) return undefined;
    const { id, ttl } = opts.deduplication;
    const twin = await jobs.findLatest(deduplicationLabel(id));
    if (twin && (ttl ? now().getTime() < twin.createdAt + ttl : isUnfinished(twin.state))) return { twin };
    const day = Math.floor(now().getTime() / DAY);
    return { deduplicationId: `${name}.${deduplicationLabel(id)}.${twin?.messageId ?? 'first'}.${day}` };
  }
}

export function isUnfinished(state: MessageRecord['state']): boolean {
  return state !== 'completed' && state !== 'failed' && state !== 'unknown';
}

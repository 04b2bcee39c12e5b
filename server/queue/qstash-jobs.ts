import type { Client, Log } from '@upstash/qstash';
import type { QstashMessage } from './qstash-message.ts';
import { qstashMessage } from './qstash-message.ts';
import type { Job, JobState } from './queue.ts';

type Ask = <Value>(call: Promise<Value>) => Promise<Value>;

/** The record of one message in QStash's log. */
export interface MessageRecord {
  messageId: string;
  state: JobState | 'unknown';
  /** Milliseconds since 1970. */
  createdAt: number;
  attemptsMade: number;
  processedOn?: number;
  finishedOn?: number;
  message?: QstashMessage;
}

interface DeadMessage {
  dlqId: string;
  reason: string;
  /** The expression it was published with. */
  retryDelay: string | undefined;
}

/** Reads an installation's messages on QStash, from its log and its dead letters. */
export class QstashJobs {
  readonly #client: Client;
  readonly #ask: Ask;
  readonly #url: string;

  constructor(client: Client, ask: Ask, url: string) {
    this.#client = client;
    this.#ask = ask;
    this.#url = url;
  }

  /** Finds a message by QStash's own id, or by the id the job was added with. */
  async find(jobId: string): Promise<MessageRecord | undefined> {
    if (!jobId.startsWith('msg_')) return this.findLatest(jobLabel(jobId));
    const { logs } = await this.#ask(this.#client.logs({ messageIds: [jobId], count: 100 }));
    return toRecords(logs)[0];
  }

  async findLatest(label: string): Promise<MessageRecord | undefined> {
    const { logs } = await this.#ask(this.#client.logs({ filter: { label }, count: 100 }));
    return toRecords(logs).sort((a, b) => b.createdAt - a.createdAt)[0];
  }

  /** Counts the messages still in QStash's log; the failed ones are its dead letters. */
  async count(): Promise<Map<JobState, number>> {
    const logs: Log[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#ask(this.#client.logs({ filter: { url: this.#url }, count: 1000, cursor }));
      logs.push(...page.logs);
      cursor = page.cursor;
    } while (cursor);
    const counts = new Map<JobState, number>();
    for (const { state } of toRecords(logs)) {
      if (state !== 'unknown' && state !== 'failed') counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    return counts.set('failed', await this.#countDead());
  }

  async findDead(messageId: string): Promise<DeadMessage | undefined> {
    const { messages } = await this.#ask(this.#client.dlq.listMessages({ filter: { messageId } }));
    const [dead] = messages;
    if (!dead) return undefined;
    const reason = reasonOf(dead.responseBody, dead.responseStatus);
    return { dlqId: dead.dlqId, reason, retryDelay: dead.retryDelayExpression };
  }

  async #countDead(): Promise<number> {
    let count = 0;
    let cursor: string | undefined;
    do {
      const page = await this.#ask(this.#client.dlq.listMessages({ filter: { url: this.#url }, cursor }));
      count += page.messages.length;
      cursor = page.cursor;
    } while (cursor);
    return count;
  }
}

export function jobLabel(jobId: string): string {
  return `job.${jobId}`;
}

export function deduplicationLabel(id: string): string {
  return `once.${id}`;
}

/** The worker's answer to the failed attempt: `{ "error": … }`, or nothing if it never answered. */
export function reasonOf(responseBody: string | undefined, status: number | undefined): string {
  try {
    const { error } = JSON.parse(responseBody ?? '');
    if (typeof error === 'string') return error;
  } catch {
    // Not our answer: a proxy's page, or none at all.
  }
  return status ? `The worker answered ${status}.` : 'The worker did not answer.';
}

type Snapshot = Omit<Job, 'getState' | 'retry' | 'remove'>;

export function toSnapshot(record: MessageRecord, failedReason?: string): Snapshot {
  const { messageId, message, createdAt, attemptsMade, processedOn, finishedOn } = record;
  return {
    id: message?.id ?? messageId,
    name: message?.name ?? '',
    data: message?.data,
    opts: { attempts: message?.attempts },
    attemptsMade,
    timestamp: message?.at ?? createdAt,
    processedOn,
    finishedOn,
    failedReason,
    returnvalue: undefined,
  };
}

/** The order of entries with the same time, by progress. */
const order = [
  'CREATED',
  'ACTIVE',
  'IN_PROGRESS',
  'ERROR',
  'RETRY',
  'DELIVERED',
  'FAILED',
  'CANCEL_REQUESTED',
];

function toRecords(logs: Log[]): MessageRecord[] {
  const groups = new Map<string, Log[]>();
  for (const log of logs) groups.set(log.messageId, [...(groups.get(log.messageId) ?? []), log]);
  return [...groups.values()].map(toRecord);
}

function toRecord(logs: Log[]): MessageRecord {
  const sorted = logs.sort((a, b) => a.time - b.time || order.indexOf(a.state) - order.indexOf(b.state));
  const first = sorted[0] as Log;
  const last = sorted.at(-1) as Log;
  const state = toState(last);
  const body = sorted.find((log) => log.body)?.body;
  return {
    messageId: last.messageId,
    state,
    createdAt: first.time,
    attemptsMade: sorted.filter((log) => log.state === 'ERROR' || log.state === 'DELIVERED').length,
    processedOn: sorted.findLast((log) => log.state === 'ACTIVE')?.time,
    finishedOn: state === 'completed' || state === 'failed' ? last.time : undefined,
    message: body === undefined ? undefined : decodeMessage(body),
  };
}

function toState(log: Log): JobState | 'unknown' {
  switch (log.state) {
    case 'CREATED':
      return (log.nextDeliveryTime ?? 0) > log.time ? 'delayed' : 'waiting';
    case 'ACTIVE':
    case 'IN_PROGRESS':
      return 'active';
    case 'ERROR':
    case 'RETRY':
      return 'delayed';
    case 'DELIVERED':
      return 'completed';
    case 'FAILED':
      return 'failed';
    default:
      return 'unknown';
  }
}

/**
 * Decodes a body, which is base64 in logs and callbacks; undefined if it is not one of our
 * messages.
 */
export function decodeMessage(base64: string): QstashMessage | undefined {
  try {
    return qstashMessage.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  } catch {
    return undefined;
  }
}

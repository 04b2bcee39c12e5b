import { z } from 'zod';
import type { Logger } from '../log.ts';
import type { MessageLedger } from './message-ledger.ts';
import { decodeMessage, reasonOf } from './qstash-jobs.ts';
import { type QstashMessage, qstashMessage } from './qstash-message.ts';
import { type QstashWorker, WorkerGone } from './qstash-worker.ts';
import { isFinalFailure, type Job } from './queue.ts';
import { readBody } from './read-body.ts';
import { type QstashKeys, SignatureRefused, verifyQstash } from './verify-qstash.ts';

export interface QstashEndpoint {
  /** Our own address, as QStash was told to deliver to. */
  jobsUrl: string;
  /** The address where QStash reports failed messages. */
  failedUrl: string;
  keys: QstashKeys;
  ledger: MessageLedger;
  log: Logger;
  now(): Date;
  workers: ReadonlySet<QstashWorker>;
  toJob(message: QstashMessage, delivery: { messageId: string; retried: number }): Job;
}

/**
 * Jobs are ids and stay under 200 bytes; a failure report contains the message and the answer to
 * it.
 */
const MAX_BODY_BYTES = 64 * 1024;

const failureReport = z.object({
  sourceMessageId: z.string(),
  sourceBody: z.string(),
  retried: z.number().int().default(0),
  status: z.number().optional(),
  body: z.string().optional(),
});

/**
 * Answers QStash. Requests that are not provably from QStash and for this address get a 401 and
 * have no effect; the reason is in the log, not in the answer.
 */
export async function answerQstash(endpoint: QstashEndpoint, request: Request): Promise<Response> {
  const { jobsUrl, failedUrl, ledger, log } = endpoint;
  const isReport = new URL(request.url).pathname === new URL(failedUrl).pathname;
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!body) return refuse(log, 'too-large');
  let tokenId: string;
  try {
    const signature = request.headers.get('upstash-signature');
    const signed = { signature, body, url: isReport ? failedUrl : jobsUrl };
    ({ tokenId } = await verifyQstash(signed, endpoint.keys, endpoint.now()));
  } catch (error) {
    return refuse(log, error instanceof SignatureRefused ? error.reason : 'malformed');
  }

  const messageId = request.headers.get('upstash-message-id') ?? tokenId;
  const retried = Number(request.headers.get('upstash-retried') ?? 0);
  const text = new TextDecoder().decode(body);
  // The message id is not signed: without the token's own id, a replay could use another.
  return once(ledger, `token ${tokenId}`, { always: true }, () =>
    once(ledger, `message ${messageId}`, {}, () =>
      isReport ? takeReport(endpoint, text) : takeJob(endpoint, text, { messageId, retried }),
    ),
  );
}

/**
 * Does the work of an id unless it was done before. `always`: it counts as done even if it failed.
 */
async function once(
  ledger: MessageLedger,
  id: string,
  { always = false },
  run: () => Promise<Response>,
): Promise<Response> {
  const known = await ledger.begin(id);
  if (known === 'done') return new Response(null, { status: 200 });
  if (known === 'active') return Response.json({ error: 'busy' }, { status: 503 });
  let done = always;
  try {
    const response = await run();
    done ||= response.ok;
    return response;
  } finally {
    await ledger.end(id, done ? 'done' : 'again');
  }
}

async function takeJob(
  { workers, toJob, log, ledger }: QstashEndpoint,
  text: string,
  delivery: { messageId: string; retried: number },
): Promise<Response> {
  const message = qstashMessage.safeParse(parseJson(text));
  if (!message.success) {
    log.error('job refused', { reason: 'not-a-job', messageId: delivery.messageId });
    return giveUp('This is not a job.');
  }
  const worker = [...workers].find(({ accepts }) => accepts);
  if (!worker) return Response.json({ error: 'no worker' }, { status: 503 });
  const job = toJob(message.data, delivery);
  try {
    await worker.handle(job);
    return new Response(null, { status: 200 });
  } catch (error) {
    if (error instanceof WorkerGone) return Response.json({ error: 'no worker' }, { status: 503 });
    const failure = error instanceof Error ? error : new Error('not an error');
    if (isFinalFailure({ ...job, attemptsMade: job.attemptsMade + 1 }, failure))
      await markReported(ledger, delivery.messageId);
    if (failure.name === 'UnrecoverableError') return giveUp(failure.message);
    return Response.json({ error: publicReason(error) }, { status: 500 });
  }
}

/** Handles QStash's report of a failed message: emits the failure that its worker could not. */
async function takeReport({ workers, toJob, log, ledger }: QstashEndpoint, text: string): Promise<Response> {
  const report = failureReport.safeParse(parseJson(text));
  const message = report.success ? decodeMessage(report.data.sourceBody) : undefined;
  if (!report.success || !message) {
    log.error('job refused', { reason: 'not-a-report' });
    return giveUp('This is not a report.');
  }
  const { sourceMessageId, retried, status, body } = report.data;
  const [worker] = workers;
  if (!worker) return Response.json({ error: 'no worker' }, { status: 503 });
  return once(ledger, failureOf(sourceMessageId), { always: true }, async () => {
    const answer = body === undefined ? undefined : Buffer.from(body, 'base64').toString('utf8');
    const failedReason = reasonOf(answer, status);
    const job = toJob(message, { messageId: sourceMessageId, retried });
    const failed = { ...job, attemptsMade: message.attempts, failedReason };
    worker.tell('failed', failed, new Error(failedReason), 'active');
    return new Response(null, { status: 200 });
  });
}

/** Records that the worker's listeners already got the failure. */
async function markReported(ledger: MessageLedger, messageId: string): Promise<void> {
  await ledger.begin(failureOf(messageId));
  await ledger.end(failureOf(messageId), 'done');
}

function failureOf(messageId: string): string {
  return `failure ${messageId}`;
}

function refuse(log: Logger, reason: string): Response {
  log.error('job refused', { reason });
  return new Response('Unauthorized', { status: 401 });
}

/** https://upstash.com/docs/qstash/features/retry, "Non-Retryable Error" */
function giveUp(reason: string): Response {
  return Response.json({ error: reason }, { status: 489, headers: { 'Upstash-NonRetryable-Error': 'true' } });
}

/**
 * The public part of an error, as QStash stores our answers: our own errors name no user, but a
 * library's may quote an address.
 */
function publicReason(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  return ['AppError', 'MailRefused', 'MailUnavailable'].includes(error.name) ? error.message : error.name;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

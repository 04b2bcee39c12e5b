import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createQstashQueue, type QstashDriver } from '#server/queue/qstash.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import { qstashClaims, signToken } from '#tests/support/qstash-signature.ts';
import { type ServedFetch, serveFetch } from '#tests/support/serve-fetch.ts';
import { createJobsApp } from '#worker/http.ts';

const keys = { current: 'sig_current_key_of_this_test', next: 'sig_next_key_of_this_test' };
const jobsUrl = 'https://worker.example.test/api/jobs';
const failedUrl = `${jobsUrl}/failed`;
const bytes = (text: string) => new TextEncoder().encode(text);
const job = (is = 'a') => JSON.stringify({ name: 'note', data: { is }, attempts: 3, at: 1 });

let driver: QstashDriver;
let served: ServedFetch;
let handled: unknown[];
let logged: Record<string, unknown>[];
let outcome: () => Promise<unknown>;

beforeEach(async () => {
  handled = [];
  logged = [];
  outcome = async () => 'done';
  driver = await createQstashQueue({
    token: 'unused here',
    baseUrl: 'http://127.0.0.1:9',
    workerUrl: 'https://worker.example.test',
    keys,
    log: { info: () => {}, error: (event, fields) => logged.push({ event, ...fields }) },
  });
  driver.createWorker(
    async (received) => {
      handled.push(received.data);
      return outcome();
    },
    { concurrency: 10 },
  );
  served = await serveFetch(createJobsApp(driver).fetch);
});
afterEach(() => served.close());

interface Delivery {
  body?: string | Uint8Array;
  claims?: Record<string, unknown>;
  key?: string;
  signature?: string | null;
  messageId?: string;
  path?: string;
  alg?: 'HS256' | 'HS512' | 'none';
}

/** A delivery as QStash makes it, with what the test changes. */
function deliver({ body = job(), claims, key = keys.current, alg, path = '', ...rest }: Delivery = {}) {
  const raw = typeof body === 'string' ? bytes(body) : body;
  const url = path ? failedUrl : jobsUrl;
  const {
    signature = signToken(qstashClaims(url, raw, claims), key, alg),
    messageId = `msg_${Math.random()}`,
  } = rest;
  const headers = { 'content-type': 'application/json', 'upstash-message-id': messageId };
  return fetch(`${served.url}/api/jobs${path}`, {
    method: 'POST',
    body: new Uint8Array(raw),
    headers: signature === null ? headers : { ...headers, 'upstash-signature': signature },
  });
}

describe('a delivery from QStash', () => {
  test.each<[string, Delivery]>([
    ['signed with the current key', {}],
    ['signed with the next key', { key: keys.next }],
    [
      'whose body hash is padded',
      { claims: { body: `${createHash('sha256').update(job()).digest('base64url')}=` } },
    ],
  ])('%s is handled', async (_, delivery) => {
    const response = await deliver(delivery);
    expect(response.status).toBe(200);
    expect(handled).toEqual([{ is: 'a' }]);
  });

  test('a replayed message is acknowledged without effect, under its own or another id', async () => {
    const signature = signToken(qstashClaims(jobsUrl, bytes(job())), keys.current);
    for (const messageId of ['msg_1', 'msg_1', 'msg_2']) {
      expect((await deliver({ signature, messageId })).status).toBe(200);
    }
    expect((await deliver({ messageId: 'msg_1' })).status).toBe(200);
    expect(handled).toHaveLength(1);
  });

  test('the same message five times at once is handled once', async () => {
    let finish = () => {};
    outcome = () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      });
    let answered = 0;
    const answers = Array.from({ length: 5 }, async () => {
      const { status } = await deliver({ messageId: 'msg_1' });
      answered += 1;
      return status;
    });
    // Four are told at once that it is being handled; the fifth is handled until we say so.
    await vi.waitFor(() => expect(answered).toBe(4), { timeout: 10_000 });
    finish();
    const statuses = await Promise.all(answers);
    expect(statuses.toSorted()).toEqual([200, 503, 503, 503, 503]);
    expect(handled).toHaveLength(1);
  });

  test('a failed attempt asks for another one, and the other one is handled', async () => {
    outcome = async () => {
      throw new Error('mail to beta@example.test was refused');
    };
    const first = await deliver({ messageId: 'msg_1' });
    expect(first.status).toBe(500);
    expect(await first.text()).toBe('{"error":"Error"}');
    outcome = async () => 'done';
    expect((await deliver({ messageId: 'msg_1' })).status).toBe(200);
    expect(handled).toHaveLength(2);
  });

  test('what cannot work asks for no other attempt', async () => {
    outcome = async () => {
      throw new UnrecoverableError('The payload has the wrong shape.');
    };
    const response = await deliver();
    expect(response.status).toBe(489);
    expect(response.headers.get('upstash-nonretryable-error')).toBe('true');
    expect(await response.json()).toEqual({ error: 'The payload has the wrong shape.' });
  });

  test.each(['no json', '[]', '{"name":7}', '{}', ''])(
    'a signed body that is no job (%s) is given up',
    async (body) => {
      expect((await deliver({ body })).status).toBe(489);
      expect(handled).toEqual([]);
    },
  );
});

describe('anything else is 401, touches nothing, and says why only in the log', () => {
  const now = Math.floor(Date.now() / 1000);
  const other = bytes(job('b'));
  test.each<[string, string, Delivery]>([
    ['no signature', 'no-signature', { signature: null }],
    ['an empty signature', 'no-signature', { signature: '' }],
    ['a signature that is no token', 'malformed', { signature: 'a.b' }],
    ['a token of garbage', 'malformed', { signature: '!.!.!' }],
    ['another key', 'wrong-key', { key: 'sig_of_somebody_else' }],
    ['an empty key', 'wrong-key', { key: '' }],
    ['a token without a signature', 'wrong-algorithm', { alg: 'none' }],
    ['another algorithm under the right key', 'wrong-algorithm', { alg: 'HS512' }],
    ['an expired token', 'expired', { claims: { exp: now - 1 } }],
    ['a token that expires now', 'expired', { claims: { exp: now } }],
    ['a token not valid yet', 'not-yet-valid', { claims: { nbf: now + 60 } }],
    ['another issuer', 'wrong-issuer', { claims: { iss: 'Somebody' } }],
    ['another address', 'other-url', { claims: { sub: 'https://evil.example.test/api/jobs' } }],
    ['the address of the reports', 'other-url', { claims: { sub: failedUrl } }],
    ['a longer address', 'other-url', { claims: { sub: `${jobsUrl}/` } }],
    ['a changed body', 'changed-body', { signature: signToken(qstashClaims(jobsUrl, other), keys.current) }],
    ['an empty body hash', 'changed-body', { claims: { body: '' } }],
    ['no expiry', 'missing-claims', { claims: { exp: undefined } }],
    ['no not-before', 'missing-claims', { claims: { nbf: undefined } }],
    ['no issuer', 'missing-claims', { claims: { iss: undefined } }],
    ['no subject', 'missing-claims', { claims: { sub: undefined } }],
    ['no body hash', 'missing-claims', { claims: { body: undefined } }],
    ['an expiry that is text', 'missing-claims', { claims: { exp: '9999999999' } }],
    ['a body of 10 MB', 'too-large', { body: new Uint8Array(10_000_000).fill(97) }],
    ['a body that is not UTF-8', 'wrong-key', { body: new Uint8Array([0x7b, 0xff, 0x7d]) }],
    ['a job sent to the reports', 'other-url', { path: '/failed', claims: { sub: jobsUrl } }],
  ])('%s', async (_, reason, delivery) => {
    const response = await deliver(delivery);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('Unauthorized');
    expect(handled).toEqual([]);
    expect(logged).toEqual([{ event: 'job refused', reason }]);
  });

  test('a refused delivery does not use up the message id', async () => {
    await deliver({ messageId: 'msg_1', key: 'wrong' });
    expect((await deliver({ messageId: 'msg_1' })).status).toBe(200);
    expect(handled).toHaveLength(1);
  });

  test('GET and other addresses are not there', async () => {
    expect((await fetch(`${served.url}/api/jobs`)).status).toBe(404);
    expect((await fetch(`${served.url}/api/jobs/other`, { method: 'POST' })).status).toBe(404);
    expect(handled).toEqual([]);
  });
});

describe('a report that QStash gave a message up', () => {
  const report = (changes: object = {}) =>
    JSON.stringify({
      status: 0,
      retried: 2,
      maxRetries: 2,
      sourceMessageId: 'msg_lost',
      sourceBody: Buffer.from(job()).toString('base64'),
      dlqId: 'dlq_1',
      ...changes,
    });
  let failures: unknown[];

  beforeEach(() => {
    failures = [];
  });

  function listen(workerOf: QstashDriver): void {
    workerOf
      .createWorker(async () => {})
      .on('failed', (failed, error) => failures.push([failed?.data, error.message]));
  }

  test('marks the job failed with its reason, once', async () => {
    const fresh = await freshDriver();
    listen(fresh.driver);
    const body = Buffer.from('{"error":"The database is away."}').toString('base64');
    for (let time = 0; time < 2; time += 1) await fresh.deliverReport(report({ status: 500, body }));
    expect(failures).toEqual([[{ is: 'a' }, 'The database is away.']]);
    await fresh.close();
  });

  test('says so when the worker never answered', async () => {
    const fresh = await freshDriver();
    listen(fresh.driver);
    await fresh.deliverReport(report());
    expect(failures).toEqual([[{ is: 'a' }, 'The worker did not answer.']]);
    await fresh.close();
  });

  test('that is no report is given up', async () => {
    expect((await deliver({ path: '/failed', body: '{"hello":1}' })).status).toBe(489);
  });

  async function freshDriver() {
    const fresh = await createQstashQueue({
      token: 'unused here',
      workerUrl: 'https://worker.example.test',
      keys,
      log: { info: () => {}, error: () => {} },
    });
    const app = await serveFetch(createJobsApp(fresh).fetch);
    return {
      driver: fresh,
      deliverReport: (body: string) =>
        fetch(`${app.url}/api/jobs/failed`, {
          method: 'POST',
          body,
          headers: { 'upstash-signature': signToken(qstashClaims(failedUrl, bytes(body)), keys.current) },
        }),
      close: () => app.close(),
    };
  }
});

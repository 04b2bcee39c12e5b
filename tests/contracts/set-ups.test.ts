import { setTimeout as wait } from 'node:timers/promises';
import { createTRPCClient, httpLink } from '@trpc/client';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { AppRouter } from '#server/router.ts';
import { transformer } from '#server/trpc-transformer.ts';
import { startJongodb } from '#tests/support/database-jongodb.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProcess } from '#tests/support/process-with-log.ts';
import { QstashServer } from '#tests/support/qstash-server.ts';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';
import { LocalSmtp } from '#tests/support/smtp-server.ts';
import { createBffClient } from '../../client/node.ts';

/** The set-ups of docs/operating.md, each started for real, and one letter sent through it. */
const wire = await startJongodb();
const missingWire = 'missing' in wire ? wire.missing : null;
if (missingWire) console.log(`Set-ups on a database server: skipped, ${missingWire}.`);
if (!hasRedisServer()) console.log('Set-up on Redis: skipped, no redis-server on PATH.');

afterAll(async () => {
  if (!('missing' in wire)) await wire.stop();
});
const toStop: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of toStop.splice(0).reverse()) await stop();
});

function clientOf(url: string, token?: string) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/api/trpc`, transformer, headers })] });
}

async function until<Value>(what: string, look: () => Promise<Value | null | undefined>): Promise<Value> {
  for (const started = Date.now(); Date.now() - started < MINUTE; await wait(100)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

/** What was mailed to an address, without the soft line breaks of quoted-printable (RFC 2045, 6.7). */
function mailsTo(inbox: LocalSmtp, address: string): string[] {
  const mails = inbox.received.filter(({ to }) => to.includes(address));
  return mails.map(({ raw }) => raw.replace(/=\r?\n/g, '').replace(/=3D/g, '='));
}

/** Joins over HTTP, follows the link of the mail, and logs in. */
async function enter(url: string, inbox: LocalSmtp, username: string) {
  const password = 'lantern otter waltz';
  const email = `${username}@example.test`;
  const { token } = await clientOf(url).accounts.join.mutate({
    username,
    email,
    password,
    confirm: password,
  });
  const words = (await clientOf(url, token).accounts.recoveryPhrase.query()) ?? [];
  const answers = [1, 12].map((position) => ({ position, word: words[position - 1] ?? '' }));
  await clientOf(url, token).accounts.confirmRecoveryPhrase.mutate({ answers });
  const link = await until(`the mail to ${email}`, async () =>
    mailsTo(inbox, email)
      .map((text) => /\/verify\/([A-Za-z0-9_-]{43})/.exec(text)?.[1])
      .at(-1),
  );
  inbox.received.length = 0;
  await clientOf(url).accounts.verifyEmail.mutate({ token: link });
  const client = createBffClient({ url });
  await client.logIn({ username, password });
  return client;
}

async function exchangeLetter(url: string, inbox: LocalSmtp): Promise<void> {
  const alpha = await enter(url, inbox, 'alpha');
  const beta = await enter(url, inbox, 'beta');
  await alpha.friends.request(await beta.friends.code());
  await beta.friends.accept('alpha');
  const { id } = await alpha.letters.send({
    to: 'beta',
    title: 'Through the whole set-up',
    body: 'Hello, beta.',
  });
  const arrived = await until('the letter', async () => (await beta.api.letters.inbox.query({})).letters[0]);
  expect(arrived.id).toBe(id);
  expect((await beta.letters.open(id)).content?.body).toBe('Hello, beta.');
  // Beta may have been told of the friend request as well.
  const told = () => mailsTo(inbox, 'beta@example.test').filter((text) => text.includes(`/letters/${id}`));
  await until('the notice', async () => told()[0]);
  expect(told()).toHaveLength(1);
  expect(inbox.received.map(({ raw }) => raw).join('\n')).not.toContain('Through the whole set-up');
}

/** What web server and worker share. */
async function surroundings() {
  if ('missing' in wire) throw new Error(wire.missing);
  const inbox = await new LocalSmtp().start();
  toStop.push(() => inbox.stop());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return {
    inbox,
    port,
    url,
    env: {
      APP_URL: url,
      DATABASE_URL: wire.url.replace('/bff?', `/s${newId()}?`),
      APP_SECRET: 'a secret for tests, at least thirty-two characters',
      SMTP_URL: inbox.url,
      MAIL_FROM: 'post@bff.example.test',
    },
  };
}

async function start(script: string[], env: Record<string, string>, readyEvent: string) {
  const running = await startProcess(script, env, readyEvent);
  toStop.push(() => running.stop());
  return running;
}

describe.skipIf(missingWire !== null || !hasRedisServer())('web server and worker on Redis', () => {
  it('exchanges a letter', { timeout: 120_000 }, async () => {
    const { inbox, env, port, url } = await surroundings();
    const redis = await new RedisServer().start();
    toStop.push(() => redis.stop());
    const shared = { ...env, QUEUE_DRIVER: 'bullmq', REDIS_URL: redis.url };
    const web = await start(
      ['scripts/start.js'],
      { ...shared, PORT: String(port), WORKER: 'none' },
      'listening',
    );
    const worker = await start(['worker/main.ts'], shared, 'worker started');
    await exchangeLetter(url, inbox);
    expect(web.output()).not.toContain('letter delivered');
    expect(worker.output()).toContain('letter delivered');
  });
});

describe.skipIf(missingWire !== null)('web server and worker with QStash between them', () => {
  it('exchanges a letter', { timeout: 120_000 }, async () => {
    const { inbox, env, port, url } = await surroundings();
    const qstash = await new QstashServer({ speed: 20 }).start();
    toStop.push(() => qstash.close());
    const workerPort = await freePort();
    const shared = {
      ...env,
      QUEUE_DRIVER: 'qstash',
      QSTASH_URL: qstash.url,
      QSTASH_TOKEN: qstash.token,
      QSTASH_CURRENT_SIGNING_KEY: qstash.keys.current,
      QSTASH_NEXT_SIGNING_KEY: qstash.keys.next,
      WORKER_URL: `http://127.0.0.1:${workerPort}`,
    };
    await start(['worker/main.ts', '--http'], { ...shared, PORT: String(workerPort) }, 'worker started');
    const web = await start(
      ['scripts/start.js'],
      { ...shared, PORT: String(port), WORKER: 'none' },
      'listening',
    );
    await exchangeLetter(url, inbox);
    expect(web.output()).not.toContain('letter delivered');
  });
});

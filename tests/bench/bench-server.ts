import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { encodeUtf8, randomBytes, toHex } from '#core/bytes.ts';
import { sealHeading } from '#core/crypto/index.ts';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { type Container, createContainer } from '#server/container.ts';
import { readEnv } from '#server/env.ts';
import { acceptFriend } from '#server/friends/answer-request.ts';
import { requestFriend } from '#server/friends/request-friend.ts';
import type { RemixHandler } from '#server/http/answer-by-remix.ts';
import { createApp } from '#server/http/create-app.ts';
import { listen } from '#server/http/listen.ts';
import { createWorker } from '#worker/create-worker.ts';
import { makePerson, password } from './bench-people.ts';

/**
 * The real server in a process of its own, with people and full inboxes; rate limits are off, because one person does
 * here in a minute what others do in a year. Its arguments are the sizes of inboxes. Tells its parent where it is and
 * who is there.
 */
const env = readEnv({
  DATA_DIR: mkdtempSync(join(tmpdir(), 'bff-bench-')),
  PORT: '0',
  LOG_LEVEL: 'error',
  SEED_DEMO: 'false',
});
const container = await createContainer(env, {
  limits: { count: async () => {}, forget: async () => {}, guardLogIn: (_, run) => run() },
});
createWorker(container.queueDriver, container);

const build = (await import(pathToFileURL('build/server/index.js').href)) as ServerBuild;
const line = {
  id: 'routes/line',
  parentId: 'root',
  path: 'line',
  module: { loader: () => new Response('one line') },
};
const withLine = { ...build, routes: { ...build.routes, [line.id]: line } } as unknown as ServerBuild;
const app = createApp(container, {
  remix: createRequestHandler(withLine, 'production') as RemixHandler,
  assets: { immutable: 'build/client', public: 'public' },
  localMailbox: null,
  isReady: async () => true,
});
const server = await listen(app, { host: '127.0.0.1', port: 0 });

const author = await makePerson(container, 'gamma');
const authorUser = await container.stores.users.findById(author.actor.userId);
const people: Record<string, string> = { gamma: author.token };
for (const count of process.argv.slice(2).map(Number)) {
  const username = `reader${count}`;
  const reader = await makePerson(container, username);
  people[username] = reader.token;
  if (authorUser) await requestFriend(container, reader.actor, authorUser.friendCode);
  await acceptFriend(container, author.actor, username);
  await fillInbox(container, username, reader, count);
}

/** One letter is sealed and sent; the others are copies of its document under ids of their own, every second one read. */
async function fillInbox(deps: Container, to: string, reader: typeof author, count: number): Promise<void> {
  const { masterKey } = await reader.actor.keys();
  const first = newId();
  const body = 'A letter of about two thousand characters. '.repeat(48);
  await author.inClear.sendLetter({ letterId: first, to, title: 'The first of many', body });
  const letter = await deps.stores.letters.findById(first);
  if (!letter) throw new Error('no letter');
  await deps.stores.letters.markDelivered(first, deps.now());
  const copies = Array.from({ length: count - 1 }, async (_, n) => {
    const id = newId();
    const at = new Date(deps.now().getTime() - (n + 1) * MINUTE);
    const { status: _status, ...fields } = letter;
    const read = n % 2 === 0;
    const heading = await sealHeading(
      masterKey,
      { letterId: id, userId: reader.actor.userId },
      `Letter number ${n}`,
    );
    await deps.stores.letters.insert({
      ...fields,
      id,
      sentAt: at,
      deliveredAt: at,
      emailNoticeAt: at,
      status: read ? 'read' : 'delivered',
      readAt: read ? at : null,
      // A stamp of its own, or one inbox would be dearer by its drawing alone.
      hash: toHex(randomBytes(32)),
      receiverHeading: read ? heading : null,
    });
  });
  await Promise.all(copies);
}

/** One insert that is on the disk when it resolves: the floor of everything that stores something. */
async function insertOnce(): Promise<number> {
  const started = performance.now();
  await container.stores.feedback.insert({
    id: newId(),
    userId: null,
    subject: 'floor',
    message: new TextDecoder().decode(encodeUtf8('x'.repeat(4000))),
    createdAt: container.now(),
  });
  return performance.now() - started;
}

/** Processor time of this process and its threads, ms. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

process.on('message', async (message) => {
  if (message === 'insert') process.send?.({ insertMs: await insertOnce() });
  if (message === 'spent') process.send?.({ cpuMs: spentMs() });
});
process.once('disconnect', () => process.exit(0));
process.send?.({ url: `http://127.0.0.1:${server.port}`, people, password });

import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it, vi } from 'vitest';
import { createApp } from '#server/http/create-app.ts';
import { createReadiness } from '#server/http/readiness.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makePerson } from '#tests/support/journey-people.ts';

let world: Installation;
afterEach(async () => {
  vi.restoreAllMocks();
  await world.close();
});

/** The connection of the installation, which nobody but SQLite has: it is noted when it opens its file. */
async function openWatched(): Promise<DatabaseSync> {
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  world = await openInstallation({ rateLimits: false });
  const sql = exec.mock.contexts.at(-1);
  exec.mockRestore();
  if (!sql) throw new Error('no connection');
  return sql as DatabaseSync;
}

it('on a full disk nothing is ready and the log says why; with room again, all goes on', async () => {
  const sql = await openWatched();
  const alpha = await makePerson(world, 'alpha');
  const app = createApp(world.container, {
    remix: async () => new Response('a page'),
    assets: null,
    localMailbox: null,
    isReady: createReadiness(world.container),
  });
  const ready = async () => (await app.request('/readyz')).status;
  await vi.waitFor(async () => expect(await ready()).toBe(200));

  const { page_count: pages } = sql.prepare('PRAGMA page_count').get() as { page_count: number };
  // What is free inside of the file is filled as well, as on a disk that was full for a while.
  const { freelist_count: free } = sql.prepare('PRAGMA freelist_count').get() as { freelist_count: number };
  sql.exec(`PRAGMA max_page_count = ${pages}`);
  if (free > 0) sql.exec(`CREATE TABLE full AS SELECT zeroblob(${free * 4_000}) AS filler`);
  await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 15_000 });
  const lines = world.logLines.map((line) => JSON.parse(line));
  expect(lines.filter(({ event }) => event === 'not ready')).toMatchObject([
    { level: 'error', text: 'database or disk is full (SQLite 13)' },
  ]);
  // What is there can still be read.
  expect(await (await world.as(alpha)).accounts.me()).toMatchObject({ username: 'alpha' });
  expect((await app.request('/healthz')).status).toBe(200);

  sql.exec('PRAGMA max_page_count = 1000000');
  await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 15_000 });
  expect(world.logLines.some((line) => line.includes('ready again'))).toBe(true);
});

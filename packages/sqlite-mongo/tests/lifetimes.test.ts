import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryStore } from './support/open-store.ts';

let now = 1_000_000;
let opened: Awaited<ReturnType<typeof openTemporaryStore>>;
beforeEach(async () => {
  now = 1_000_000;
  opened = await openTemporaryStore({ now: () => now });
});
afterEach(() => opened.close());

const all = (name: string) => opened.db.collection(name).aggregate([]).toArray();

describe('time to live', () => {
  it('hides a document from its last moment on, and removes it at the next purge', async () => {
    const tokens = opened.db.collection('tokens');
    await tokens.createIndex({ hash: 1 }, { unique: true });
    await tokens.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 2 });
    await tokens.insertMany([
      { hash: 'soon', expiresAt: new Date(now + 1000) },
      { hash: 'later', expiresAt: new Date(now + 9000) },
      { hash: 'never' },
      { hash: 'text', expiresAt: 'yesterday' },
    ]);
    now += 2999;
    expect(await all('tokens')).toHaveLength(4);
    now += 1;
    expect((await all('tokens')).map(({ hash }) => hash)).toEqual(['later', 'never', 'text']);
    expect((await tokens.updateMany({ hash: 'soon' }, { $set: { x: 1 } })).matchedCount).toBe(0);
    expect((await tokens.deleteMany({ hash: 'soon' })).deletedCount).toBe(0);
    expect(await opened.store.purge()).toBe(1);
    expect(await opened.store.purge()).toBe(0);
    now -= 10_000;
    expect(await all('tokens')).toHaveLength(3);
  });

  it('lets a new document have the key of one that is over', async () => {
    const tokens = opened.db.collection('tokens');
    await tokens.createIndex({ hash: 1 }, { unique: true });
    await tokens.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
    await tokens.insertOne({ hash: 'a', expiresAt: new Date(now + 10), n: 1 });
    await expect(tokens.insertOne({ hash: 'a', expiresAt: new Date(now + 20) })).rejects.toMatchObject({
      code: 11000,
    });
    now += 10;
    await tokens.insertOne({ hash: 'a', expiresAt: new Date(now + 20), n: 2 });
    expect(await all('tokens')).toMatchObject([{ n: 2 }]);
  });

  it('is watched by a timer that does not keep the process alive', async () => {
    const module = new URL('../store.ts', import.meta.url).href;
    const script = `import('${module}').then(async ({ EmbeddedStore }) => {
      const store = new EmbeddedStore({ directory: process.argv[1], purgeEveryMs: 20 });
      const db = store.db('test').collection('a');
      await db.createIndex({ at: 1 }, { expireAfterSeconds: 0 });
      await db.insertMany([{ at: new Date(0) }, { at: new Date(8e15) }]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      console.log('left', await store.purge());
    })`;
    const directory = await mkdtemp(path.join(tmpdir(), 'bff-purge-'));
    const run = spawnSync(process.execPath, ['-e', script, directory], { encoding: 'utf8', timeout: 20_000 });
    await rm(directory, { recursive: true });
    expect(run.stdout).toBe('left 0\n');
    expect(run.status).toBe(0);
  });
});

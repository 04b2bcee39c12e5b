import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Binary, ObjectId } from 'bson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedStore } from '../store.ts';
import { openTemporaryStore } from './support/open-store.ts';

let opened: Awaited<ReturnType<typeof openTemporaryStore>>;
beforeEach(async () => {
  opened = await openTemporaryStore();
});
afterEach(() => opened.close());

const all = (name: string) => opened.db.collection(name).aggregate([]).toArray();
const bytes = (...values: number[]) => new Binary(Uint8Array.from(values));

describe('the file', () => {
  it('is for its owner only, and so is what lies beside it', async () => {
    await opened.db.collection('a').insertOne({ x: 1 });
    expect((await stat(opened.directory)).mode & 0o777).toBe(0o700);
    const files = await readdir(opened.directory);
    expect(files).toContain('bff.sqlite');
    expect(files.some((file) => file.endsWith('-wal'))).toBe(true);
    for (const file of files) {
      expect((await stat(path.join(opened.directory, file))).mode & 0o777, file).toBe(0o600);
    }
  });

  it('is refused to a second opener, in this process and in another, with the reason', () => {
    const open = () => new EmbeddedStore({ directory: opened.directory });
    expect(open).toThrow(/Another process of Project BFF is using .*DATA_DIR/);
    const module = new URL('../store.ts', import.meta.url).href;
    const script = `import('${module}').then(({ EmbeddedStore }) => new EmbeddedStore({ directory: process.argv[1] }))`;
    const other = spawnSync(process.execPath, ['-e', script, opened.directory], { encoding: 'utf8' });
    expect(other.status).toBe(1);
    expect(other.stderr).toContain('Another process of Project BFF is using');
    opened.store.close();
    expect(() => open().close()).not.toThrow();
  });

  it('is refused when a later version wrote it', async () => {
    opened.store.close();
    const sql = new DatabaseSync(path.join(opened.directory, 'bff.sqlite'));
    sql.exec('PRAGMA user_version = 99');
    sql.close();
    expect(() => new EmbeddedStore({ directory: opened.directory })).toThrow(/format 99/);
  });

  it('holds no trace of deleted bytes after a clean end', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'bff-trace-'));
    const store = new EmbeddedStore({ directory });
    const marker = Buffer.from(`marker-${new ObjectId().toHexString()}-`.repeat(100));
    const keys = store.db('test').collection('keys');
    await keys.insertMany([
      { _id: 'deleted', small: new Binary(marker.subarray(0, 60)), large: new Binary(marker) },
      { _id: 'replaced', large: new Binary(marker), other: new Binary(marker), removed: new Binary(marker) },
    ]);
    await keys.deleteMany({ _id: 'deleted' });
    await keys.updateMany(
      { _id: 'replaced' },
      { $set: { large: bytes(1), other: new Binary(new Uint8Array(5000)) }, $unset: { removed: '' } },
    );
    store.close();
    const files = await readdir(directory);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect((await readFile(path.join(directory, file))).includes(marker.subarray(0, 31)), file).toBe(false);
    }
    await rm(directory, { recursive: true });
  });

  it('answers nothing once it is closed', async () => {
    opened.store.close();
    await expect(opened.db.collection('a').insertOne({})).rejects.toThrow('closed');
    await expect(all('a')).rejects.toThrow('closed');
    await expect(opened.db.command({ ping: 1 })).rejects.toThrow('closed');
  });
});

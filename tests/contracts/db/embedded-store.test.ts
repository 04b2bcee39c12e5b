import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Binary, Decimal128, Long, ObjectId } from 'bson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedStore } from '#server/db/embedded/store.ts';
import { openTemporaryStore } from '#tests/support/database-embedded.ts';

let now = 1_000_000;
let opened: Awaited<ReturnType<typeof openTemporaryStore>>;
beforeEach(async () => {
  now = 1_000_000;
  opened = await openTemporaryStore({ now: () => now });
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
    const module = new URL('../../../server/db/embedded/store.ts', import.meta.url).href;
    const script = `import('${module}').then(({ EmbeddedStore }) => new EmbeddedStore({ directory: process.argv[1] }))`;
    const other = spawnSync(process.execPath, ['-e', script, opened.directory], { encoding: 'utf8' });
    expect(other.status).toBe(1);
    expect(other.stderr).toContain('Another process of Project BFF is using');
    opened.store.close();
    expect(() => open().close()).not.toThrow();
  });

  it('is refused when a later version wrote it', async () => {
    opened.store.close();
    const { DatabaseSync } = await import('node:sqlite');
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
    const { readFile } = await import('node:fs/promises');
    for (const file of await readdir(directory)) {
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

describe('writes', () => {
  it('share a transaction, and one that fails leaves its neighbours alone', async () => {
    const people = opened.db.collection('people');
    await people.createIndex({ name: 1 }, { unique: true });
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'a', 'c', 'b', 'd'].map((name) => people.insertOne({ name })),
    );
    expect(outcomes.map(({ status }) => status[0])).toEqual(['f', 'f', 'r', 'f', 'r', 'f']);
    expect((await all('people')).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are taken back whole when one of their documents is refused', async () => {
    const people = opened.db.collection('people');
    await people.createIndex({ name: 1 }, { unique: true });
    await expect(people.insertMany([{ name: 'a' }, { name: 'b' }, { name: 'a' }])).rejects.toMatchObject({
      code: 11000,
    });
    expect(await all('people')).toEqual([]);
    await people.insertMany([{ name: 'a' }, { name: 'b' }]);
    await expect(people.updateMany({}, { $set: { name: 'c' } })).rejects.toMatchObject({ code: 11000 });
    expect((await all('people')).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('that made a collection and failed leave no half-made collection behind', async () => {
    await expect(opened.db.collection('new').insertOne({ $bad: 1 })).rejects.toMatchObject({ code: 115 });
    expect(await all('new')).toEqual([]);
    await opened.db.collection('new').insertOne({ good: 1 });
    expect(await all('new')).toHaveLength(1);
    const twice = opened.db.collection('twice');
    await twice.insertMany([{ name: 'a' }, { name: 'a' }]);
    await expect(twice.createIndex({ name: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    await twice.insertOne({ name: 'a' });
    expect(await all('twice')).toHaveLength(3);
  });

  it('name the unique key that is taken', async () => {
    const people = opened.db.collection('people');
    await people.createIndex({ name: 1, year: -1 }, { unique: true });
    await people.insertOne({ _id: 'one', name: 'a', year: 1 });
    await expect(people.insertOne({ name: 'a', year: 1 })).rejects.toMatchObject({
      name: 'MongoServerError',
      code: 11000,
      keyPattern: { name: 1, year: -1 },
    });
    await expect(people.insertOne({ _id: 'one' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
    });
  });

  it('tell null from absent only in a sparse unique index', async () => {
    const people = opened.db.collection('people');
    await people.createIndex({ email: 1 }, { unique: true, sparse: true });
    await people.insertMany([{ n: 1 }, { n: 2 }, { n: 3, email: 'a' }]);
    await expect(people.insertOne({ email: 'a' })).rejects.toMatchObject({ code: 11000 });
    await people.updateMany({ n: 3 }, { $unset: { email: '' } });
    await people.updateMany({ n: 2 }, { $set: { email: 'a' } });
    const found = await people.aggregate([{ $match: { email: null } }, { $sort: { n: 1 } }]).toArray();
    expect(found.map(({ n }) => n)).toEqual([1, 3]);
    const strict = opened.db.collection('strict');
    await strict.createIndex({ email: 1 }, { unique: true });
    await strict.insertOne({ n: 1 });
    await expect(strict.insertOne({ email: null })).rejects.toMatchObject({ code: 11000 });
  });

  it('find, change and delete one document by its exact bytes', async () => {
    const keys = opened.db.collection('keys');
    const large = (last: number) =>
      new Binary(Uint8Array.from({ length: 3000 }, (_, i) => (i === 2999 ? last : 7)));
    await keys.insertMany([
      { k: bytes(0xff), big: large(0xff) },
      { k: bytes(0xfe), big: large(0xfe) },
    ]);
    expect((await keys.updateMany({ k: bytes(0xff) }, { $set: { seen: true } })).modifiedCount).toBe(1);
    expect((await keys.updateMany({ big: large(0xfe) }, { $set: { k: bytes(0xff) } })).modifiedCount).toBe(1);
    expect((await keys.updateMany({}, { $set: { big: large(0xfe) } })).modifiedCount).toBe(1);
    expect((await keys.updateMany({}, { $set: { big: large(0xfe) } })).modifiedCount).toBe(0);
    expect((await keys.deleteMany({ k: bytes(0xfe) })).deletedCount).toBe(0);
    expect((await keys.deleteOne({ k: { $in: [bytes(0xff)] } })).deletedCount).toBe(1);
  });

  it('give the document before or after, and insert one that is missing', async () => {
    const counters = opened.db.collection('counters');
    const add = { $inc: { n: 1 }, $setOnInsert: { first: true } };
    expect(await counters.findOneAndUpdate({ name: 'a' }, add, { upsert: true })).toBeNull();
    expect(await counters.findOneAndUpdate({ name: 'a' }, add)).toMatchObject({ n: 1, first: true });
    const after = await counters.findOneAndUpdate({ name: 'a' }, add, { returnDocument: 'after' });
    expect(after).toMatchObject({ name: 'a', n: 3 });
    expect(await counters.updateOne({ name: 'b' }, add, { upsert: true })).toMatchObject({
      matchedCount: 0,
      upsertedCount: 1,
    });
    expect(await counters.findOneAndDelete({}, { sort: { n: 1 } })).toMatchObject({ name: 'b' });
    expect(await counters.findOneAndDelete({ name: 'b' })).toBeNull();
  });

  it('refuse a document over 16 MiB, also one that grows to it', async () => {
    const big = opened.db.collection('big');
    const half = new Binary(new Uint8Array(9 * 1024 * 1024));
    await expect(big.insertOne({ a: half, b: half })).rejects.toMatchObject({ code: 10334 });
    await big.insertOne({ a: half });
    await expect(big.updateOne({}, { $set: { b: half } })).rejects.toMatchObject({ code: 10334 });
    expect(Object.keys((await all('big'))[0] ?? {})).toEqual(['_id', 'a']);
  });
});

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
    const module = new URL('../../../server/db/embedded/store.ts', import.meta.url).href;
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

describe('what is not supported', () => {
  it('is refused with its name, and nothing happens', async () => {
    const a = opened.db.collection('a');
    await a.insertOne({ x: 1, list: ['p'] });
    const refused: [string, () => Promise<unknown>][] = [
      ['$regex', () => a.aggregate([{ $match: { x: { $regex: 'a' } } }]).toArray()],
      ['$where', () => a.deleteMany({ $where: 'true' })],
      ['$expr', () => a.deleteMany({ $expr: true })],
      ['$elemMatch', () => a.deleteMany({ list: { $elemMatch: { $eq: 'p' } } })],
      ['list.0', () => a.deleteMany({ 'list.0': 'p' })],
      ['mixed', () => a.deleteMany({ x: { $gt: 0, y: 1 } })],
      ['undefined', () => a.deleteMany({ x: undefined })],
      ['$push', () => a.updateMany({}, { $push: { list: 'q' } })],
      ['$rename', () => a.updateMany({}, { $rename: { x: 'y' } })],
      ['operator x', () => a.updateMany({}, { x: 2 })],
      ['not a document', () => a.updateMany({}, [{ $set: { x: 2 } }] as never)],
      ['__proto__', () => a.updateMany({}, { $set: JSON.parse('{"__proto__": {"x": 2}}') })],
      ['$group', () => a.aggregate([{ $group: { _id: null } }]).toArray()],
      ['$lookup', () => a.aggregate([{ $lookup: {} }]).toArray()],
      ['$out', () => a.aggregate([{ $out: 'b' }]).toArray()],
      ['computed', () => a.aggregate([{ $project: { y: '$x' } }]).toArray()],
      ['$match at this place', () => a.aggregate([{ $limit: 1 }, { $match: {} }]).toArray()],
      ['Long', () => a.insertOne({ x: Long.fromNumber(1) })],
      ['Decimal128', () => a.insertOne({ x: Decimal128.fromString('1') })],
      ['bigint', () => a.insertOne({ x: 1n })],
      ['invalid date', () => a.insertOne({ x: new Date(Number.NaN) })],
      ['undefined', () => a.insertOne({ x: undefined })],
      ['x.y', () => a.insertOne({ 'x.y': 1 })],
      ['text', () => a.createIndex({ x: 'text' })],
      [
        'option partialFilterExpression',
        () => a.createIndex({ x: 1 }, { partialFilterExpression: {} } as never),
      ],
      ['dropDatabase', () => opened.db.command({ dropDatabase: 1 })],
      ['option capped', () => opened.db.createCollection('c', { capped: true } as never)],
    ];
    for (const [name, attempt] of refused) {
      const error = await Promise.resolve()
        .then(attempt)
        .catch((reason: unknown) => reason);
      expect(error, name).toMatchObject({ name: 'MongoServerError' });
      expect(String((error as Error).message), name).toContain(name);
    }
    expect(await all('a')).toMatchObject([{ x: 1, list: ['p'] }]);
  });

  it('covers what MongoDB refuses too', async () => {
    const a = opened.db.collection('a');
    await a.insertOne({ x: 'text', list: [1] });
    await expect(a.updateMany({}, { $inc: { x: 1 } })).rejects.toMatchObject({ code: 14 });
    await expect(a.updateMany({}, { $set: { _id: 1 } })).rejects.toMatchObject({ code: 66 });
    await expect(a.updateMany({}, { $set: { x: 1 }, $unset: { x: '' } })).rejects.toMatchObject({ code: 40 });
    await expect(a.createIndex({ list: 1 })).rejects.toMatchObject({ code: 14 });
    await a.createIndex({ x: 1 });
    await a.createIndex({ x: 1 });
    await expect(a.createIndex({ x: 1 }, { unique: true })).rejects.toMatchObject({ code: 85 });
    await expect(a.dropIndex('nothing_1')).rejects.toMatchObject({ code: 27 });
    await expect(opened.db.createCollection('a')).rejects.toMatchObject({ code: 48 });
    await expect(opened.db.command({ collMod: 'b' })).rejects.toMatchObject({ code: 26 });
    expect(() => opened.store.db('another')).toThrow('one database');
  });
});

describe('validators', () => {
  const schema = {
    bsonType: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      _id: { bsonType: 'objectId' },
      name: { bsonType: 'string' },
      kind: { enum: ['cat', 'dog', null] },
      key: { bsonType: ['null', 'binData'] },
      at: { bsonType: 'date' },
      n: { bsonType: 'int' },
      tags: { bsonType: 'array', items: { bsonType: 'string' } },
    },
  };

  it('hold for inserts and updates, and tell the field but not its value', async () => {
    const pets = await opened.db.createCollection('pets', { validator: { $jsonSchema: schema } });
    const large = new Binary(new Uint8Array(5000));
    await pets.insertOne({ name: 'Mia', kind: 'cat', key: large, at: new Date(0), n: 1, tags: ['a'] });
    await pets.insertOne({ name: 'Rex', kind: null, key: null, tags: [] });
    const broken: [object, string][] = [
      [{}, 'name is missing'],
      [{ name: 7 }, 'pets.name is not of type string'],
      [{ name: 'a', other: 'secret' }, 'pets.other is not a field'],
      [{ name: 'a', kind: 'fish' }, 'pets.kind'],
      [{ name: 'a', n: 1.5 }, 'pets.n'],
      [{ name: 'a', n: 2 ** 31 }, 'pets.n'],
      [{ name: 'a', tags: ['a', 1] }, 'pets.tags[1]'],
      [{ name: 'a', key: 'text' }, 'pets.key'],
    ];
    for (const [doc, reason] of broken) {
      const error = await pets.insertOne({ ...doc }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 121 });
      expect(String(error)).toContain(reason);
      expect(String(error)).not.toContain('secret');
    }
    await expect(pets.updateMany({}, { $set: { n: 'one' } })).rejects.toMatchObject({ code: 121 });
    await expect(pets.updateMany({}, { $unset: { name: '' } })).rejects.toMatchObject({ code: 121 });
    expect((await pets.updateMany({ name: 'Mia' }, { $set: { n: 2 } })).modifiedCount).toBe(1);
    expect((await all('pets'))[0]?.key).toMatchObject({ sub_type: 0 });
  });

  it('can be replaced, and last over a restart', async () => {
    await opened.db.createCollection('pets', { validator: { $jsonSchema: schema } });
    await opened.db.command({ collMod: 'pets', validator: { $jsonSchema: { required: ['age'] } } });
    opened.store.close();
    const store = new EmbeddedStore({ directory: opened.directory });
    const pets = store.db('test').collection('pets');
    await expect(pets.insertOne({ name: 'Mia' })).rejects.toMatchObject({ code: 121 });
    await pets.insertOne({ age: 3 });
    store.close();
  });

  it('with an unknown keyword are refused at once', async () => {
    const create = (validator: object) => opened.db.createCollection('x', { validator: validator as never });
    await expect(create({ $jsonSchema: { pattern: 'a' } })).rejects.toMatchObject({ code: 115 });
    await expect(create({ name: { $exists: true } })).rejects.toMatchObject({ code: 115 });
  });
});

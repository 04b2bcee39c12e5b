import { Binary } from 'bson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTemporaryStore } from './support/open-store.ts';

let opened: Awaited<ReturnType<typeof openTemporaryStore>>;
beforeEach(async () => {
  opened = await openTemporaryStore();
});
afterEach(() => opened.close());

const all = (name: string) => opened.db.collection(name).aggregate([]).toArray();
const bytes = (...values: number[]) => new Binary(Uint8Array.from(values));

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

import { Binary, Decimal128, Long } from 'bson';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedStore } from '../store.ts';
import { openTemporaryStore } from './support/open-store.ts';

let opened: Awaited<ReturnType<typeof openTemporaryStore>>;
beforeEach(async () => {
  opened = await openTemporaryStore();
});
afterEach(() => opened.close());

const all = (name: string) => opened.db.collection(name).aggregate([]).toArray();

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

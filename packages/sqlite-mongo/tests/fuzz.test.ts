import { Binary, type ObjectId, serialize } from 'bson';
import { afterAll, expect, it } from 'vitest';
import type { QueryReport } from '../finder.ts';
import type { Doc } from '../values.ts';
import { createFuzz, fields, indexes, type Sort, scalars } from './support/fuzz.ts';
import { openTemporaryStore } from './support/open-store.ts';
import { compareBy, matches } from './support/oracle.ts';

/*
 * Random documents, filters and sorts: a collection with indexes, the same without any, and an
 * oracle that shares no code with the store have to agree.
 */

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const ROUNDS = 30;
const DOCUMENTS = 60;
const QUERIES = 120;

const { below, pick, chance, randomDoc, randomFilter, randomSort } = createFuzz(SEED);
const reports: QueryReport[] = [];
const opened = await openTemporaryStore({ observe: (report) => reports.push(report) });
afterAll(() => opened.close());

type Collection = ReturnType<typeof opened.db.collection>;

const idOf = (doc: Doc) => (doc._id as ObjectId).toHexString();
const idsOf = (docs: Doc[]) => docs.map(idOf).join();
const bsonOf = (doc: Doc) => Buffer.from(serialize(doc)).toString('latin1');
const dump = async (collection: Collection) =>
  (await collection.aggregate([{ $sort: { _id: 1 } }]).toArray()).map(bsonOf).join();

/** A mismatch names the seed, with which it comes back. */
function agree(same: boolean, detail: object): void {
  if (!same)
    throw new Error(`The store and the rules disagree: ${JSON.stringify({ seed: SEED, ...detail })}`);
}

/** The same documents, in an order that the sort allows. */
function isAnswer(answer: Doc[], expected: Doc[], sort: Sort): boolean {
  const inOrder = compareBy(sort);
  return (
    answer.length === expected.length &&
    idsOf(answer.toSorted(byId)) === idsOf(expected.toSorted(byId)) &&
    expected.every((doc, n) => inOrder(doc, answer[n] as Doc) === 0)
  );
}

function byId(a: Doc, b: Doc): number {
  return idOf(a) < idOf(b) ? -1 : 1;
}

it('finds the same documents with indexes, without, and by the rules', { timeout: 120_000 }, async () => {
  let [queries, indexed, covered, found] = [0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const [fast, slow] = [opened.db.collection(`fast${round}`), opened.db.collection(`slow${round}`)];
    const docs = Array.from({ length: DOCUMENTS }, (_, i) => randomDoc(i + 1));
    // Some indexes exist before the documents, some are made over them.
    for (const [i, index] of indexes.entries()) if ((i + round) % 2) await fast.createIndex(index);
    await fast.insertMany(docs);
    await slow.insertMany(docs);
    for (const index of indexes) await fast.createIndex(index);

    for (let i = 0; i < QUERIES; i++) {
      const filter = randomFilter(docs);
      const sort = chance(0.7) ? randomSort() : {};
      const stages: Doc[] = [{ $match: filter }];
      if (Object.keys(sort).length > 0) stages.push({ $sort: sort });
      const expected = docs.filter((doc) => matches(doc, filter)).sort(compareBy(sort));
      reports.length = 0;
      const viaIndex = await fast.aggregate(stages).toArray();
      const index = reports[0]?.index ?? null;
      const viaScan = await slow.aggregate(stages).toArray();
      agree(isAnswer(viaIndex, expected, sort), { round, filter, sort, index });
      agree(isAnswer(viaScan, expected, sort), { round, filter, sort });
      const [skip, limit] = [below(4), 1 + below(5)];
      const page = await fast.aggregate([...stages, { $skip: skip }, { $limit: limit }]).toArray();
      agree(idsOf(page) === idsOf(viaIndex.slice(skip, skip + limit)), {
        round,
        filter,
        sort,
        index,
        skip,
        limit,
      });
      reports.length = 0;
      const ids = await fast.aggregate([...stages, { $project: { _id: 1 } }]).toArray();
      agree(idsOf(ids) === idsOf(viaIndex), { round, filter, sort, index, ...reports[0] });
      const [counted] = await fast.aggregate([...stages, { $limit: limit }, { $count: 'n' }]).toArray();
      agree((counted?.n ?? 0) === Math.min(limit, viaIndex.length), { round, filter, sort, counted });
      if (reports[0]?.covered) covered++;
      queries++;
      found += expected.length;
      if (index) indexed++;
    }

    // What was written is what is read, to the byte, large Binaries in their place.
    agree((await dump(fast)) === docs.map(bsonOf).join(), { round });
    await fast.drop();
    await slow.drop();
  }
  console.log(
    `Fuzz: seed ${SEED}, ${queries} queries, ${indexed} of them by an index, ${covered} by its keys alone, ${found} documents found, 0 mismatches.`,
  );
  expect(indexed).toBeGreaterThan(queries / 4);
  expect(indexed).toBeLessThan(queries);
  expect(covered).toBeGreaterThan(queries / 100);
});

it('changes and deletes the same documents with indexes and without', { timeout: 120_000 }, async () => {
  const [fast, slow] = [opened.db.collection('fast'), opened.db.collection('slow')];
  for (const index of indexes) await fast.createIndex(index);
  let docs = Array.from({ length: 200 }, (_, i) => randomDoc(i + 1));
  await fast.insertMany(docs);
  await slow.insertMany(docs);
  let changed = 0;
  for (let i = 0; i < 250; i++) {
    const filter = randomFilter(docs);
    const update = randomUpdate();
    const [one, other] = await Promise.all([
      fast.updateMany(filter, update),
      slow.updateMany(filter, update),
    ]);
    agree(bsonOf(one) === bsonOf(other), { filter, update });
    changed += one.modifiedCount;
    docs = await slow.aggregate([]).toArray();
    if (i % 20 === 0) agree((await dump(fast)) === (await dump(slow)), { i });
  }
  for (let i = 0; i < 20; i++) {
    const filter = randomFilter(docs, 3);
    const [one, other] = await Promise.all([fast.deleteMany(filter), slow.deleteMany(filter)]);
    agree(one.deletedCount === other.deletedCount, { filter });
    agree((await dump(fast)) === (await dump(slow)), { filter });
  }
  console.log(`Fuzz: ${changed} random changes, the same with indexes and without.`);
  expect(changed).toBeGreaterThan(1000);
});

function randomUpdate(): Doc {
  const field = pick(fields);
  const other = pick(['blob', 'list'] as const);
  return pick<Doc>([
    { $set: { [field]: pick(scalars) } },
    { $unset: { [field]: '' } },
    { $set: { blob: new Binary(new Uint8Array(pick([3, 1500])).fill(below(256))) } },
    { $set: { [field]: pick(scalars) }, $unset: { [other]: '' } },
  ]);
}

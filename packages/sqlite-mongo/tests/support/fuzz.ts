import { Binary, ObjectId } from 'bson';
import type { Doc } from '../../values.ts';
import { typeOf } from './oracle.ts';

export type Sort = Record<string, 1 | -1>;

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const bytes = (...values: number[]) => new Binary(Uint8Array.from(values));
// biome-ignore format: a table
/** Values that tend to be confused, and many of them equal, so that filters match something. */
export const scalars: unknown[] = [
  null, true, false, 0, -0, 1, -1, 1.5, -1.5, 2 ** 31, -(2 ** 40), 1e300, 5e-324, Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY, Number.NaN, '', 'a', 'ab', 'a\u0000', 'a\u0000b', 'b', 'é', '\uffff', '\u{10000}', 'A',
  bytes(), bytes(0xff), bytes(0xfe), bytes(0xff, 0), bytes(0, 0, 0), new Binary(Uint8Array.of(0xff), 0x80),
  new ObjectId('000000000000000000000000'), new ObjectId('00000000000000000000ff00'),
  new ObjectId('ffffffffffffffffffffffff'), new Date(0), new Date(-1), new Date(1), new Date(8.64e15),
];
const numbers = scalars.filter((value) => typeof value === 'number');
export const fields = ['a', 'b', 'c', 'd'] as const;
/** Fields in no index may hold lists, objects and large Binaries. */
const looseFields = ['list', 'object', 'blob'] as const;
// biome-ignore format: a table
export const indexes: Sort[] = [
  { a: 1 }, { b: -1 }, { a: 1, b: -1 }, { c: -1, a: 1, _id: -1 }, { a: -1, b: 1, c: -1, d: 1 }, { d: 1, _id: -1 },
];

function reversed(spec: Sort): Sort {
  return Object.fromEntries(
    Object.entries(spec).map(([field, direction]) => [field, direction === 1 ? -1 : 1]),
  );
}

/** Documents, filters and sorts of a random but repeatable kind. */
export function createFuzz(seed: number) {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const chance = (p: number) => random() < p;

  function randomDoc(id: number): Doc {
    const doc: Doc = { _id: new ObjectId(id.toString(16).padStart(24, '0')) };
    for (const field of fields) if (chance(0.85)) doc[field] = chance(0.3) ? pick(numbers) : pick(scalars);
    if (chance(0.5)) doc.list = Array.from({ length: below(4) }, () => pick(scalars));
    if (chance(0.3)) doc.object = { x: pick(scalars), y: pick(scalars) };
    if (chance(0.3)) doc.blob = new Binary(new Uint8Array(2000).fill(pick([0xfe, 0xff])));
    return doc;
  }

  function randomCondition(docs: Doc[]): Doc {
    const field = pick([...fields, ...fields, ...looseFields, '_id']);
    const value = () => (chance(0.5) ? (pick(docs)[field] ?? null) : pick(scalars));
    const scalar = () => {
      for (;;) {
        const candidate = value();
        if (typeOf(candidate) !== 'array' && typeOf(candidate) !== 'object' && !Number.isNaN(candidate))
          return candidate;
      }
    };
    const op = pick([
      '$eq',
      '$eq',
      '$ne',
      '$gt',
      '$gte',
      '$lt',
      '$lte',
      '$in',
      '$nin',
      '$exists',
      'range',
      'plain',
    ]);
    if (op === 'plain') return { [field]: scalar() };
    if (op === 'range') return { [field]: { $gte: scalar(), [pick(['$lt', '$lte'])]: scalar() } };
    if (op === '$exists') return { [field]: { $exists: chance(0.5) } };
    if (op === '$in' || op === '$nin') return { [field]: { [op]: Array.from({ length: below(4) }, value) } };
    const condition = { [field]: { [op]: op === '$eq' || op === '$ne' ? value() : scalar() } };
    return chance(0.1) ? { [field]: { $not: condition[field] } } : condition;
  }

  function randomFilter(docs: Doc[], depth = 0): Doc {
    const kind = random();
    if (kind < 0.1) return {};
    if (kind < 0.55 || depth > 2) return randomCondition(docs);
    const parts = Array.from({ length: 1 + below(3) }, () => randomFilter(docs, depth + 1));
    return { [kind < 0.8 ? '$and' : pick(['$or', '$nor'])]: parts };
  }

  function randomSort(): Sort {
    if (chance(0.5)) return chance(0.5) ? pick(indexes) : reversed(pick(indexes));
    return Object.fromEntries(
      fields.filter(() => chance(0.4)).map((field) => [field, pick([1, -1] as const)]),
    );
  }

  return { below, pick, chance, randomDoc, randomFilter, randomSort };
}

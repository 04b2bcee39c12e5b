import type { Condition } from './filter.ts';
import { type Direction, encodeValue, invert, type KeySpec, typeCode } from './keys.ts';
import { type Doc, kindOf } from './values.ts';

export interface IndexInfo {
  readonly name: string;
  /** The SQLite column that holds the encoded key. */
  readonly column: string;
  readonly keys: KeySpec;
  readonly unique?: boolean;
  /** Whether documents without the (one) field are left out. */
  readonly sparse?: boolean;
}

/** Keys from `from` (inclusive) to `to` (exclusive). */
interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer;
}

export interface Plan {
  /** Null for a full scan. */
  readonly index: IndexInfo | null;
  readonly ranges: readonly KeyRange[];
  /** Whether rows come in the wanted order, so that a limit ends the reading early. */
  readonly ordered: boolean;
  readonly backwards: boolean;
  /**
   * Values that every document in the ranges holds; none is null, which could also be a missing
   * field.
   */
  readonly fixed: Doc;
}

const AFTER = Buffer.of(0xff);
/** The score of an index that leads to single documents: higher than any other. */
const SINGLE = 1000;
const SCAN: Plan = { index: null, ranges: [], ordered: false, backwards: false, fixed: {} };

/**
 * Chooses an index. Prefers a unique index that leads to single documents, then the one with most
 * fields fixed by equality, then one that gives the order, then one that bounds a range.
 */
export function planQuery(
  indexes: readonly IndexInfo[],
  conditions: readonly Condition[],
  sort: KeySpec | null,
): Plan {
  let best = sort ? SCAN : { ...SCAN, ordered: true };
  let bestScore = 0;
  for (const index of indexes) {
    if (bestScore > SINGLE) break;
    const candidate = planIndex(index, conditions, sort);
    if (candidate.score > bestScore) {
      bestScore = candidate.score;
      best = candidate.plan;
    }
  }
  return best;
}

function planIndex(index: IndexInfo, conditions: readonly Condition[], sort: KeySpec | null) {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  const fixed = new Map<string, unknown>();
  let position = 0;
  for (; position < index.keys.length; position++) {
    const [field, direction] = index.keys[position] as KeySpec[number];
    const points = pointsOf(field, conditions);
    if (!points || (index.sparse && points.some(isNull))) break;
    prefixes = prefixes.flatMap((prefix) =>
      points.map(({ key }) => Buffer.concat([prefix, direct(key, direction)])),
    );
    if (points[0] && points.length === 1) fixed.set(field, points[0].value);
  }

  const next = index.keys[position];
  const bounds = next ? boundsOf(next[0], conditions) : null;
  const ranges = prefixes.map((prefix) => rangeUnder(prefix, bounds, next?.[1] ?? 1));
  const order = sort && prefixes.length === 1 ? orderOf(index.keys, position, sort, fixed) : null;
  const ordered = sort === null || prefixes.length === 0 || order !== null;
  const complete = !index.sparse || position > 0 || bounds !== null;
  const useful = position > 0 || bounds !== null || (sort !== null && order !== null && complete);
  const pinned = index.unique && position === index.keys.length ? SINGLE : 0;
  const score = useful ? 1 + pinned + position * 8 + (ordered ? 4 : 0) + (bounds ? 2 : 0) : 0;
  const held = Object.fromEntries([...fixed].filter(([, value]) => value !== null));
  const plan: Plan = {
    index,
    ranges: sortRanges(ranges),
    ordered,
    backwards: order === 'backwards',
    fixed: held,
  };
  return { plan, score };
}

interface Point {
  readonly value: unknown;
  readonly key: Buffer;
}

/** Returns a field's distinct values under equality; null if it isn't fixed. */
function pointsOf(field: string, conditions: readonly Condition[]): Point[] | null {
  for (const { field: on, op, value } of conditions) {
    if (on !== field) continue;
    if (op === '$eq' && isIndexable(value)) return [pointOf(value)];
    if (op === '$in' && Array.isArray(value) && value.every(isIndexable)) {
      const points = value.map(pointOf);
      return [...new Map(points.map((point) => [point.key.toString('latin1'), point])).values()];
    }
  }
  return null;
}

function pointOf(value: unknown): Point {
  return { value, key: encodeValue(value) };
}

/** A bound between keys, for ascending and for descending fields (whose keys are complements). */
interface Cut {
  readonly ascending: Buffer;
  readonly descending: Buffer;
}

interface Bounds {
  lower: Cut;
  upper: Cut;
}

/** The bound just before a key and its continuations. */
function before(key: Buffer): Cut {
  return { ascending: key, descending: Buffer.concat([invert(key), AFTER]) };
}

/** The bound just after a key and its continuations. */
function after(key: Buffer): Cut {
  return { ascending: Buffer.concat([key, AFTER]), descending: invert(key) };
}

/**
 * Returns the range of all values of one type. Codes aren't adjacent, so the next byte is never a
 * code.
 */
function typeBounds(code: number): Bounds {
  return {
    lower: { ascending: Buffer.of(code), descending: Buffer.of(0x100 - code) },
    upper: { ascending: Buffer.of(code + 1), descending: Buffer.of(0xff - code) },
  };
}

/** Returns the tightest range of a field under `$gt $gte $lt $lte`, within one type. */
function boundsOf(field: string, conditions: readonly Condition[]): Bounds | null {
  let tightest: Bounds | null = null;
  for (const { field: on, op, value } of conditions) {
    if (on !== field || !isRange(op) || value === null || !isIndexable(value)) continue;
    const bounds = typeBounds(typeCode(kindOf(value)));
    const key = encodeValue(value);
    if (op === '$gt') bounds.lower = after(key);
    if (op === '$gte') bounds.lower = before(key);
    if (op === '$lt') bounds.upper = before(key);
    if (op === '$lte') bounds.upper = after(key);
    tightest = tightest ? intersect(tightest, bounds) : bounds;
  }
  return tightest;
}

function intersect(a: Bounds, b: Bounds): Bounds {
  return {
    lower: Buffer.compare(a.lower.ascending, b.lower.ascending) >= 0 ? a.lower : b.lower,
    upper: Buffer.compare(a.upper.ascending, b.upper.ascending) <= 0 ? a.upper : b.upper,
  };
}

function isRange(op: string): boolean {
  return op === '$gt' || op === '$gte' || op === '$lt' || op === '$lte';
}

function isNull({ key }: Point): boolean {
  return key[0] === typeCode('null');
}

/** Indexes hold no lists or embedded documents. */
function isIndexable(value: unknown): boolean {
  const kind = kindOf(value);
  return kind !== 'array' && kind !== 'object' && kind !== 'outOfLine';
}

function direct(key: Buffer, direction: Direction): Buffer {
  return direction === 1 ? key : invert(key);
}

function rangeUnder(prefix: Buffer, bounds: Bounds | null, direction: Direction): KeyRange {
  if (!bounds) return { from: prefix, to: Buffer.concat([prefix, AFTER]) };
  const { lower, upper } = bounds;
  const from = direction === 1 ? lower.ascending : upper.descending;
  const to = direction === 1 ? upper.ascending : lower.descending;
  return { from: Buffer.concat([prefix, from]), to: Buffer.concat([prefix, to]) };
}

/**
 * Tells whether the index gives the sort's order from `position` on; fields fixed by equality don't
 * matter.
 */
function orderOf(
  keys: KeySpec,
  position: number,
  sort: KeySpec,
  fixed: ReadonlyMap<string, unknown>,
): 'forwards' | 'backwards' | null {
  const wanted = sort.filter(([field]) => !fixed.has(field));
  const rest = keys.slice(position);
  const follows = (sign: 1 | -1) =>
    wanted.length <= rest.length &&
    wanted.every(([field, direction], i) => rest[i]?.[0] === field && rest[i]?.[1] === direction * sign);
  if (follows(1)) return 'forwards';
  return follows(-1) ? 'backwards' : null;
}

function sortRanges(ranges: KeyRange[]): KeyRange[] {
  return ranges.sort((a, b) => Buffer.compare(a.from, b.from));
}

import { unsupported } from './errors.ts';
import { type Filter, parseFilter } from './filter.ts';
import { assertPlainField, type KeySpec, parseKeySpec } from './keys.ts';
import type { Doc } from './values.ts';

interface Projection {
  wants(field: string): boolean;
  readonly idsOnly: boolean;
}

/** A supported aggregation: match, sort, skip, limit, and project or count. */
export interface Query {
  readonly filter: Filter;
  readonly sort: KeySpec | null;
  readonly skip: number;
  readonly limit: number;
  readonly projection: Projection | null;
  /** Counts documents under this name and returns none. */
  readonly countAs: string | null;
}

const ORDER = ['$match', '$sort', '$skip', '$limit', '$project', '$count'];

/**
 * Parses a pipeline of `$match* $sort? $skip? $limit? $project? $count?`, in this order.
 * @throws for every other stage or order, and for computed fields in `$project`
 */
export function parsePipeline(pipeline: readonly Doc[]): Query {
  const filters: unknown[] = [];
  const query = { sort: null as KeySpec | null, skip: 0, limit: Number.POSITIVE_INFINITY };
  let projection: Projection | null = null;
  let countAs: string | null = null;
  let reached = 0;
  for (const stage of pipeline) {
    const [name, ...others] = Object.keys(stage);
    const place = ORDER.indexOf(name ?? '');
    if (place < 0 || others.length > 0) throw unsupported(`the pipeline stage ${Object.keys(stage).join()}`);
    if (place < reached || (place === reached && place > 0)) throw unsupported(`${name} at this place`);
    reached = place;
    const value = stage[name as string];
    if (name === '$match') filters.push(value);
    if (name === '$sort') query.sort = parseKeySpec(value as Record<string, unknown>, '$sort');
    if (name === '$skip') query.skip = count(value, '$skip', 0);
    if (name === '$limit') query.limit = count(value, '$limit', 1);
    if (name === '$project') projection = parseProjection(value as Record<string, unknown>);
    if (name === '$count') countAs = parseCount(value);
  }
  const filter = parseFilter(
    filters.length === 0 ? {} : filters.length === 1 ? filters[0] : { $and: filters },
  );
  return { ...query, filter, projection, countAs };
}

function count(value: unknown, stage: string, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw unsupported(`${stage} with ${String(value)}`);
  }
  return value;
}

function parseCount(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw unsupported(`$count as ${String(name)}`);
  assertPlainField(name, '$count');
  return name;
}

/** `{ a: 1, b: 1 }` keeps these (and `_id`, unless it is 0); `{ a: 0 }` drops these. */
function parseProjection(spec: Record<string, unknown>): Projection {
  const { _id: id, ...rest } = spec;
  const named = Object.entries(rest).map(([field, value]) => {
    assertPlainField(field, '$project');
    return [field, isKept(field, value)] as const;
  });
  const keeps = named.length > 0 ? named.every(([, kept]) => kept) : id !== undefined && isKept('_id', id);
  if (named.some(([, kept]) => kept !== keeps)) throw unsupported('a $project that both keeps and drops');
  const fields = new Set(named.map(([field]) => field));
  const withId = id === undefined || isKept('_id', id);
  return {
    wants: (field) => (field === '_id' ? withId : fields.has(field) === keeps),
    idsOnly: withId && keeps && fields.size === 0,
  };
}

function isKept(field: string, value: unknown): boolean {
  if (value === 1 || value === true) return true;
  if (value === 0 || value === false) return false;
  throw unsupported(`a computed field in $project (${field})`);
}

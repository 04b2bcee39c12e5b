import type { Filter } from './filter.ts';
import { encodeKey, type KeySpec } from './keys.ts';
import { type IndexInfo, type Plan, planQuery } from './plan.ts';
import type { Row, Table } from './table.ts';
import { type Doc, kindOf } from './values.ts';

/** The cost of a look-up; a test fails on those that wouldn't scale. */
export interface QueryReport {
  readonly collection: string;
  /** The index used; null for a full scan. */
  readonly index: string | null;
  /** Whether the conditions limit the part of the index that is read. */
  readonly bounded: boolean;
  /** Whether the index's keys were enough, and no document was read. */
  readonly covered: boolean;
  readonly sortedInMemory: boolean;
  readonly examined: number;
  readonly returned: number;
  readonly limit: number;
}

export interface Search {
  readonly filter: Filter;
  readonly sort: KeySpec | null;
  readonly skip: number;
  readonly limit: number;
  readonly idsOnly?: boolean;
}

type Expired = (doc: Doc) => boolean;

/** Finds documents through an index or a full scan, and reports which. */
export function findRows(
  collection: string,
  table: Table,
  search: Search,
  expired: Expired,
  observe: ((report: QueryReport) => void) | undefined,
): Row[] {
  const { filter, sort, skip, limit } = search;
  const plan = planQuery(table.indexes, filter.conditions, sort);
  const covered = isCovered(plan, search);
  const enough = plan.ordered ? skip + limit : Number.POSITIVE_INFINITY;
  let found: Row[] = [];
  let examined = 0;
  for (const row of covered ? table.identities(plan.index, plan) : table.rows(plan)) {
    examined++;
    if (expired(row.doc) || !filter.test(withFilterFields(table, row, filter.fields))) continue;
    found.push(row);
    if (found.length >= enough) break;
  }
  if (sort && !plan.ordered) found = sortRows(found, sort);
  const returned = found.slice(skip, skip + limit);
  const sortedInMemory = sort !== null && !plan.ordered && found.length > 1;
  observe?.({
    ...describe(plan),
    collection,
    covered,
    sortedInMemory,
    examined,
    returned: returned.length,
    limit,
  });
  return returned;
}

export function countRows(...search: Parameters<typeof findRows>): number {
  const [collection, table, { filter, skip, limit, idsOnly }, , observe] = search;
  const plan = planQuery(table.indexes, filter.conditions, null);
  const told = [...filter.fields].every((field) => Object.hasOwn(plan.fixed, field));
  if (!idsOnly || !plan.index || !told) return findRows(...search).length;
  const examined = filter.test(plan.fixed) ? table.count(plan.index, plan, skip + limit) : 0;
  const returned = Math.max(0, examined - skip);
  observe?.({
    ...describe(plan),
    collection,
    covered: true,
    sortedInMemory: false,
    examined,
    returned,
    limit,
  });
  return returned;
}

function describe({ index, ranges }: Plan): Pick<QueryReport, 'index' | 'bounded'> {
  return { index: index?.name ?? null, bounded: ranges.every(({ from }) => from.length > 0) };
}

/** Tells whether an index's keys are enough to answer, so that no document is read. */
function isCovered(plan: Plan, { filter, idsOnly }: Search): plan is Plan & { index: IndexInfo } {
  if (!idsOnly || !plan.index || !plan.ordered) return false;
  return [...filter.fields].every((field) => field === '_id' || Object.hasOwn(plan.fixed, field));
}

/** A filter on a large Binary needs its bytes; every other test needs only the row. */
function withFilterFields(table: Table, row: Row, fields: ReadonlySet<string>): Doc {
  for (const field of fields) {
    if (kindOf(row.doc[field]) === 'outOfLine') return table.load(row, (name) => fields.has(name));
  }
  return row.doc;
}

function sortRows(rows: Row[], sort: KeySpec): Row[] {
  return rows
    .map((row) => ({ row, key: encodeKey(row.doc, sort) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ row }) => row);
}

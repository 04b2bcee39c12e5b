import type { Filter } from './filter.ts';
import { encodeKey, type KeySpec } from './keys.ts';
import { planQuery } from './plan.ts';
import type { Row, Table } from './table.ts';
import { type Doc, kindOf } from './values.ts';

/** What one look-up cost; a test fails on those that would not scale. */
export interface QueryReport {
  readonly collection: string;
  /** The index used; null when every document was looked at. */
  readonly index: string | null;
  /** Whether the conditions bound the part of the index that is read. */
  readonly bounded: boolean;
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
}

/** Whether a document's time is over. */
export type Expired = (doc: Doc) => boolean;

/** Finds documents through an index, or through all of them, and reports which. */
export function findRows(
  collection: string,
  table: Table,
  search: Search,
  expired: Expired,
  observe: ((report: QueryReport) => void) | undefined,
): Row[] {
  const { filter, sort, skip, limit } = search;
  const plan = planQuery(table.indexes, filter.conditions, sort);
  const enough = plan.ordered ? skip + limit : Number.POSITIVE_INFINITY;
  let found: Row[] = [];
  let examined = 0;
  for (const row of table.rows(plan)) {
    examined++;
    if (expired(row.doc) || !filter.test(withFilterFields(table, row, filter.fields))) continue;
    found.push(row);
    if (found.length >= enough) break;
  }
  if (sort && !plan.ordered) found = sortRows(found, sort);
  const returned = found.slice(skip, skip + limit);
  observe?.({
    collection,
    index: plan.index?.name ?? null,
    bounded: plan.ranges.every(({ from }) => from.length > 0),
    sortedInMemory: sort !== null && !plan.ordered && found.length > 1,
    examined,
    returned: returned.length,
    limit,
  });
  return returned;
}

/** A filter on a large Binary needs its bytes; every other test is done on the row alone. */
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

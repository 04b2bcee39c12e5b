import { type Filter, parseFilter } from './filter.ts';
import { countRows, findRows, type QueryReport, type Search } from './finder.ts';
import type { Query } from './pipeline.ts';
import type { Schema } from './schema.ts';
import type { Row, Table } from './table.ts';
import type { Update } from './update.ts';
import { assertStorable, type Doc, documentBytes, kindOf, randomObjectId, refuseTooLarge } from './values.ts';

interface CollectionContext {
  readonly now: () => number;
  readonly observe: ((report: QueryReport) => void) | undefined;
}

interface UpdateOutcome {
  matchedCount: number;
  modifiedCount: number;
  upsertedId: unknown;
}

/** The synchronous operations on one collection; the caller has opened the transaction. */
export class Collection {
  readonly name: string;
  readonly schema: Schema;
  readonly #table: Table;
  readonly #context: CollectionContext;

  constructor(name: string, table: Table, schema: Schema, context: CollectionContext) {
    this.name = name;
    this.schema = schema;
    this.#table = table;
    this.#context = context;
  }

  insert(doc: Doc): unknown {
    const complete = doc._id === undefined ? { _id: randomObjectId(), ...doc } : doc;
    this.schema.validate(complete);
    assertStorable(complete);
    this.#dropExpiredTwins(complete);
    this.#table.insert(complete);
    return complete._id;
  }

  find(query: Query): Doc[] {
    const { projection, countAs } = query;
    // Expiry is read from the document itself.
    const isEternal = this.schema.lifetimes.length === 0;
    if (countAs !== null) {
      const counted = countRows(...this.#searching({ ...query, idsOnly: isEternal }));
      // MongoDB returns no document if there is nothing to count.
      return counted === 0 ? [] : [{ [countAs]: counted }];
    }
    const wants = (field: string) => projection?.wants(field) ?? true;
    return this.#search({ ...query, idsOnly: isEternal && projection?.idsOnly === true }).map((row) => {
      const doc = this.#table.load(row, wants);
      return projection ? Object.fromEntries(Object.entries(doc).filter(([field]) => wants(field))) : doc;
    });
  }

  update(filter: Filter, update: Update, options: { many: boolean; upsert: boolean }): UpdateOutcome {
    const rows = this.#search(matching(filter, options.many ? Number.POSITIVE_INFINITY : 1));
    if (rows.length === 0 && options.upsert) {
      return { matchedCount: 0, modifiedCount: 0, upsertedId: this.#upsert(filter, update) };
    }
    const modified = rows.filter((row) => this.#change(row, update)).length;
    return { matchedCount: rows.length, modifiedCount: modified, upsertedId: null };
  }

  /** Changes the first match and returns the whole document, before or after the change. */
  findOneAndUpdate(
    search: Search,
    update: Update,
    options: { upsert: boolean; returnDocument: 'before' | 'after' },
  ): Doc | null {
    const [row] = this.#search({ ...search, limit: 1 });
    if (!row) {
      if (!options.upsert) return null;
      const id = this.#upsert(search.filter, update);
      return options.returnDocument === 'after' ? this.#byId(id) : null;
    }
    const before = this.#table.load(row, () => true);
    this.#change(row, update);
    return options.returnDocument === 'after' ? this.#byId(row.doc._id) : before;
  }

  findOneAndDelete(search: Search): Doc | null {
    const [row] = this.#search({ ...search, limit: 1 });
    if (!row) return null;
    const doc = this.#table.load(row, () => true);
    this.#table.remove(row.rid);
    return doc;
  }

  delete(filter: Filter, limit: number): number {
    const rows = this.#search(matching(filter, limit));
    for (const row of rows) this.#table.remove(row.rid);
    return rows.length;
  }

  /** Removes at most `limit` expired documents. */
  purge(limit: number): number {
    const due = this.schema.lifetimes.flatMap(({ field, ms }) => {
      const before = new Date(this.#context.now() - ms);
      const search = matching(parseFilter({ [field]: { $lte: before } }), limit);
      return findRows(this.name, this.#table, search, () => false, this.#context.observe);
    });
    for (const { rid } of due) this.#table.remove(rid);
    return due.length;
  }

  #search(search: Search): Row[] {
    return findRows(...this.#searching(search));
  }

  #searching(search: Search): Parameters<typeof findRows> {
    return [this.name, this.#table, search, (doc) => this.#isExpired(doc), this.#context.observe];
  }

  #byId(id: unknown): Doc {
    const [row] = this.#search(matching(parseFilter({ _id: { $eq: id } }), 1));
    if (!row) throw new Error(`A document of ${this.name} vanished while it was written.`);
    return this.#table.load(row, () => true);
  }

  #change(row: Row, update: Update): boolean {
    const before = this.#table.load(row, (field) => update.reads.has(field));
    const after = update.apply(before);
    const changed = Object.fromEntries(
      Object.entries(after).filter(([field, value]) => value !== before[field]),
    );
    this.schema.validate(after);
    assertStorable(changed);
    const kept = Object.keys(after).filter((field) => kindOf(after[field]) === 'outOfLine');
    refuseTooLarge(documentBytes(after) + this.#table.blobBytes(row.rid, kept));
    return this.#table.replace(row, after);
  }

  #upsert(filter: Filter, update: Update): unknown {
    const fromFilter = filter.conditions
      .filter(({ op }) => op === '$eq')
      .map(({ field, value }) => [field, value]);
    const doc = update.apply(Object.fromEntries(fromFilter), true);
    return this.insert(doc);
  }

  #isExpired(doc: Doc): boolean {
    return this.schema.lifetimes.some(({ field, ms }) => {
      const value = doc[field];
      return value instanceof Date && value.getTime() + ms <= this.#context.now();
    });
  }

  #dropExpiredTwins(doc: Doc): void {
    if (this.schema.lifetimes.length === 0) return;
    for (const keys of this.schema.uniqueKeys) {
      const conditions = Object.fromEntries(keys.map(([field]) => [field, { $eq: doc[field] ?? null }]));
      const search = matching(parseFilter(conditions), Number.POSITIVE_INFINITY);
      const twins = findRows(this.name, this.#table, search, (twin) => !this.#isExpired(twin), undefined);
      for (const { rid } of twins) this.#table.remove(rid);
    }
  }
}

function matching(filter: Filter, limit: number): Search {
  return { filter, sort: null, skip: 0, limit };
}

import type { Catalog, CollectionEntry, IndexEntry } from './catalog.ts';
import { indexNotFound, unsupported, validationFailed } from './errors.ts';
import { type Filter, parseFilter } from './filter.ts';
import { findRows, type QueryReport, type Search } from './finder.ts';
import { parseKeySpec } from './keys.ts';
import type { Query } from './pipeline.ts';
import type { Row, Table } from './table.ts';
import type { Update } from './update.ts';
import { type Check, compileSchema } from './validator.ts';
import { assertStorable, type Doc, documentBytes, kindOf, randomObjectId, refuseTooLarge } from './values.ts';

export interface IndexOptions {
  name?: string;
  unique?: boolean;
  sparse?: boolean;
  expireAfterSeconds?: number;
}

export interface CollectionContext {
  readonly catalog: Catalog;
  readonly now: () => number;
  readonly observe: ((report: QueryReport) => void) | undefined;
}

/** What an update did, in the driver's words. */
export interface UpdateOutcome {
  matchedCount: number;
  modifiedCount: number;
  upsertedId: unknown;
}

/** The synchronous work on one collection; whoever calls it has opened the transaction. */
export class Collection {
  readonly name: string;
  readonly #table: Table;
  readonly #entry: CollectionEntry;
  readonly #context: CollectionContext;
  #check: Check;
  #timed: { field: string; ms: number }[];

  constructor(name: string, table: Table, entry: CollectionEntry, context: CollectionContext) {
    this.name = name;
    this.#table = table;
    this.#entry = entry;
    this.#context = context;
    this.#check = compileValidator(entry.validator);
    this.#timed = timedFields(entry);
  }

  insert(doc: Doc): unknown {
    const complete = doc._id === undefined ? { _id: randomObjectId(), ...doc } : doc;
    this.#validate(complete);
    assertStorable(complete);
    this.#dropExpiredTwins(complete);
    this.#table.insert(complete);
    return complete._id;
  }

  find(query: Query): Doc[] {
    const wants = (field: string) => query.projection?.wants(field) ?? true;
    return this.#search(query).map((row) => {
      const doc = this.#table.load(row, wants);
      return query.projection
        ? Object.fromEntries(Object.entries(doc).filter(([field]) => wants(field)))
        : doc;
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

  /** Changes the first match and gives it, whole, as it was before or is after. */
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

  /** Removes documents whose time is over, at most `limit`. */
  purge(limit: number): number {
    const due = this.#timed.flatMap(({ field, ms }) => {
      const before = new Date(this.#context.now() - ms);
      const search = matching(parseFilter({ [field]: { $lte: before } }), limit);
      return findRows(this.name, this.#table, search, () => false, this.#context.observe);
    });
    for (const { rid } of due) this.#table.remove(rid);
    return due.length;
  }

  setValidator(validator: Doc | null): void {
    this.#check = compileValidator(validator);
    this.#entry.validator = validator;
    this.#save();
  }

  createIndex(spec: Record<string, unknown>, options: IndexOptions): string {
    const keys = parseKeySpec(spec, 'an index');
    const name = options.name ?? keys.map(([field, direction]) => `${field}_${direction}`).join('_');
    if (this.#entry.indexes.some((index) => index.name === name)) return name;
    if (options.expireAfterSeconds !== undefined && keys.length !== 1)
      throw unsupported('a compound TTL index');
    if (options.sparse && keys.length !== 1) throw unsupported('a compound sparse index');
    const index: IndexEntry = {
      name,
      column: `k${this.#entry.nextColumn}`,
      keys: keys.map(([field, direction]) => [field, direction]),
      unique: options.unique === true,
      sparse: options.sparse === true,
      ...(options.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: options.expireAfterSeconds }),
    };
    this.#table.addIndex(index);
    this.#entry.nextColumn++;
    this.#entry.indexes.push(index);
    this.#timed = timedFields(this.#entry);
    this.#save();
    return name;
  }

  dropIndex(name: string): void {
    const at = this.#entry.indexes.findIndex((index) => index.name === name);
    const index = this.#entry.indexes[at];
    if (!index) throw indexNotFound(name);
    this.#table.dropIndex(index);
    this.#entry.indexes.splice(at, 1);
    this.#timed = timedFields(this.#entry);
    this.#save();
  }

  #search(search: Search): Row[] {
    return findRows(this.name, this.#table, search, (doc) => this.#isExpired(doc), this.#context.observe);
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
    this.#validate(after);
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

  #validate(doc: Doc): void {
    const problem = this.#check(doc, this.name);
    if (problem) throw validationFailed(this.name, problem);
  }

  #isExpired(doc: Doc): boolean {
    return this.#timed.some(({ field, ms }) => {
      const value = doc[field];
      return value instanceof Date && value.getTime() + ms <= this.#context.now();
    });
  }

  /** A document that nobody can see any more must not stand in the way of a new one. */
  #dropExpiredTwins(doc: Doc): void {
    if (this.#timed.length === 0) return;
    const unique = this.#entry.indexes.filter((index) => index.unique).map(({ keys }) => keys);
    for (const keys of [[['_id', 1]] as const, ...unique]) {
      const conditions = Object.fromEntries(keys.map(([field]) => [field, { $eq: doc[field] ?? null }]));
      const search = matching(parseFilter(conditions), Number.POSITIVE_INFINITY);
      const twins = findRows(this.name, this.#table, search, (twin) => !this.#isExpired(twin), undefined);
      for (const { rid } of twins) this.#table.remove(rid);
    }
  }

  #save(): void {
    this.#context.catalog.save(this.name, this.#entry);
  }
}

/** The fields of TTL indexes, and how long after their time a document is over. */
function timedFields({ indexes }: CollectionEntry): { field: string; ms: number }[] {
  return indexes.flatMap(({ keys, expireAfterSeconds: seconds }) =>
    seconds === undefined || !keys[0] ? [] : [{ field: keys[0][0], ms: seconds * 1000 }],
  );
}

function matching(filter: Filter, limit: number): Search {
  return { filter, sort: null, skip: 0, limit };
}

function compileValidator(validator: Doc | null): Check {
  if (!validator) return () => null;
  const { $jsonSchema: schema, ...others } = validator;
  if (Object.keys(others).length > 0) throw unsupported('a validator other than $jsonSchema');
  return schema ? compileSchema(schema as Doc) : () => null;
}

import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { Blobs, isOutOfLine, splitOff } from './blobs.ts';
import type { CollectionEntry, IndexEntry } from './catalog.ts';
import { duplicateKey } from './errors.ts';
import { decodeObjectId, encodeKey } from './keys.ts';
import type { IndexInfo, Plan } from './plan.ts';
import { Statements } from './statements.ts';
import { type Doc, decodeDoc, encodeDoc } from './values.ts';

/** A stored document; its large Binaries are `OUT_OF_LINE` until they are loaded. */
export interface Row {
  readonly rid: number;
  readonly doc: Doc;
}

const SQLITE_CONSTRAINT_UNIQUE = 2067;
const ID_INDEX: IndexInfo = { name: '_id_', column: 'id', keys: [['_id', 1]], unique: true };

/**
 * The documents of one collection in SQLite: `docs_<id>` has a row a document (BSON, and one column
 * for the encoded key of each index), `blobs_<id>` the large Binaries.
 */
export class Table {
  readonly #sql: DatabaseSync;
  readonly #name: string;
  readonly #docs: string;
  readonly #blobs: Blobs;
  readonly #entry: CollectionEntry;
  readonly #statements: Statements;

  constructor(sql: DatabaseSync, name: string, entry: CollectionEntry) {
    this.#sql = sql;
    this.#name = name;
    this.#entry = entry;
    this.#docs = `docs_${entry.id}`;
    this.#statements = new Statements(sql);
    this.#blobs = new Blobs(this.#statements, `blobs_${entry.id}`);
  }

  get indexes(): readonly IndexInfo[] {
    return [ID_INDEX, ...this.#entry.indexes];
  }

  create(): void {
    this.#sql.exec(
      `CREATE TABLE ${this.#docs} (rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL) STRICT`,
    );
    this.#sql.exec(Blobs.schema(`blobs_${this.#entry.id}`));
  }

  drop(): void {
    this.#sql.exec(`DROP TABLE ${this.#docs}; DROP TABLE blobs_${this.#entry.id};`);
  }

  addIndex(index: IndexEntry): void {
    this.#statements.clear();
    this.#sql.exec(`ALTER TABLE ${this.#docs} ADD COLUMN ${index.column} BLOB`);
    const set = this.#sql.prepare(`UPDATE ${this.#docs} SET ${index.column} = ? WHERE rid = ?`);
    const batch = this.#sql.prepare(
      `SELECT rid, doc FROM ${this.#docs} WHERE rid > ? ORDER BY rid LIMIT 500`,
    );
    for (let last = 0; ; ) {
      const rows = [...this.#read(batch, last)];
      for (const row of rows) set.run(keyUnder(index, this.#withBlobs(row, index)), row.rid);
      if (rows.length === 0) break;
      last = rows.at(-1)?.rid ?? last;
    }
    const unique = index.unique ? 'UNIQUE' : '';
    this.#translatingDuplicates([...this.#entry.indexes, index], () =>
      this.#sql.exec(
        `CREATE ${unique} INDEX ${this.#docs}_${index.column} ON ${this.#docs} (${index.column})`,
      ),
    );
  }

  dropIndex(index: IndexEntry): void {
    this.#statements.clear();
    this.#sql.exec(`DROP INDEX ${this.#docs}_${index.column}`);
    this.#sql.exec(`ALTER TABLE ${this.#docs} DROP COLUMN ${index.column}`);
  }

  insert(doc: Doc): void {
    const { head, blobs } = splitOff(doc);
    const columns = this.indexes.map(({ column }) => column);
    const keys = this.indexes.map((index) => keyUnder(index, doc));
    const marks = columns.map(() => '?').join(', ');
    const insert = this.#prepare(
      `INSERT INTO ${this.#docs} (doc, ${columns.join(', ')}) VALUES (?, ${marks})`,
    );
    const { lastInsertRowid } = this.#translatingDuplicates(this.#entry.indexes, () =>
      insert.run(encodeDoc(head), ...keys),
    );
    for (const blob of blobs) this.#blobs.put(Number(lastInsertRowid), blob);
  }

  /**
   * Writes a changed document; fields with `OUT_OF_LINE` keep their value.
   * @returns whether anything changed
   */
  replace({ rid, doc: before }: Row, after: Doc): boolean {
    const { head, blobs } = splitOff(after);
    const changedBlobs = blobs.filter((blob) => !this.#blobs.holds(rid, blob));
    const encoded = encodeDoc(head);
    if (changedBlobs.length === 0 && Buffer.compare(encodeDoc(before), encoded) === 0) return false;

    const { indexes } = this.#entry;
    const sets = ['doc = ?', ...indexes.map(({ column }) => `${column} = ?`)].join(', ');
    const keys = indexes.map((index) => keyUnder(index, this.#withBlobs({ rid, doc: after }, index)));
    const update = this.#prepare(`UPDATE ${this.#docs} SET ${sets} WHERE rid = ?`);
    this.#translatingDuplicates(indexes, () => update.run(encoded, ...keys, rid));
    for (const field of Object.keys(before)) {
      if (isOutOfLine(before[field]) && !isOutOfLine(head[field])) this.#blobs.remove(rid, field);
    }
    for (const blob of changedBlobs) this.#blobs.put(rid, blob);
    return true;
  }

  remove(rid: number): void {
    this.#prepare(`DELETE FROM ${this.#docs} WHERE rid = ?`).run(rid);
    this.#blobs.removeAll(rid);
  }

  /** Iterates over a plan's documents in order; the caller applies the whole filter. */
  *rows(plan: Plan): Generator<Row> {
    if (plan.index) for (const row of this.#under(plan.index, plan, 'rid, doc')) yield readRow(row);
    else yield* this.#read(this.#prepare(`SELECT rid, doc FROM ${this.#docs} ORDER BY rid`));
  }

  /** Does the same with only `_id` and the values fixed by the plan: reads keys only. */
  *identities(index: IndexInfo, plan: Plan): Generator<Row> {
    const docOf = this.#prepare(`SELECT rid, doc FROM ${this.#docs} WHERE rid = ?`);
    for (const { rid, id } of this.#under(index, plan, 'rid, id')) {
      const _id = decodeObjectId(id as Uint8Array) ?? [...this.#read(docOf, rid as number)][0]?.doc._id;
      yield { rid: Number(rid), doc: { ...plan.fixed, _id } };
    }
  }

  /** Counts the keys in the plan's ranges, up to `limit`. */
  count({ column }: IndexInfo, plan: Plan, limit: number): number {
    const count = this.#prepare(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${this.#docs} WHERE ${column} >= ? AND ${column} < ? LIMIT ?)`,
    );
    let counted = 0;
    for (const { from, to } of plan.ranges) {
      const most = Math.min(limit - counted, Number.MAX_SAFE_INTEGER);
      counted += Number(count.get(from, to, most)?.n);
    }
    return counted;
  }

  *#under({ column }: IndexInfo, plan: Plan, columns: string): Generator<Record<string, SQLOutputValue>> {
    const order = plan.backwards ? 'DESC' : 'ASC';
    const select = this.#prepare(
      `SELECT ${columns} FROM ${this.#docs} WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column} ${order}`,
    );
    for (const { from, to } of plan.ranges) yield* select.iterate(from, to);
  }

  /** Returns a document with the wanted large Binaries. */
  load({ rid, doc }: Row, wants: (field: string) => boolean): Doc {
    const loaded = Object.entries(doc).map(([field, value]) => [
      field,
      isOutOfLine(value) && wants(field) ? this.#blobs.get(rid, field) : value,
    ]);
    return Object.fromEntries(loaded);
  }

  /** Returns the out-of-line size of these fields of a document, in bytes. */
  blobBytes(rid: number, fields: readonly string[]): number {
    return this.#blobs.size(rid, fields);
  }

  *#read(statement: StatementSync, ...parameters: SQLInputValue[]): Generator<Row> {
    for (const row of statement.iterate(...parameters)) yield readRow(row);
  }

  #withBlobs(row: Row, index: IndexInfo): Doc {
    return this.load(row, (name) => index.keys.some(([field]) => field === name));
  }

  #prepare(text: string): StatementSync {
    return this.#statements.prepare(text);
  }

  #translatingDuplicates<T>(indexes: readonly IndexInfo[], run: () => T): T {
    try {
      return run();
    } catch (error) {
      const { errcode, message } = error as { errcode?: number; message: string };
      if (errcode !== SQLITE_CONSTRAINT_UNIQUE) throw error;
      const column = message.slice(message.lastIndexOf('.') + 1);
      const index = [ID_INDEX, ...indexes].find((candidate) => candidate.column === column) ?? ID_INDEX;
      throw duplicateKey(this.#name, index.name, Object.fromEntries(index.keys));
    }
  }
}

function readRow({ rid, doc }: Record<string, SQLOutputValue>): Row {
  return { rid: Number(rid), doc: decodeDoc(doc as Uint8Array) };
}

/** Returns the value of the index's key column; NULL keeps a document out of a sparse index. */
function keyUnder(index: IndexInfo, doc: Doc): Buffer | null {
  const isLeftOut = index.sparse && index.keys.every(([field]) => !Object.hasOwn(doc, field));
  return isLeftOut ? null : encodeKey(doc, index.keys);
}

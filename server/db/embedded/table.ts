import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CollectionEntry, IndexEntry } from './catalog.ts';
import { duplicateKey } from './errors.ts';
import { encodeKey } from './keys.ts';
import type { IndexInfo, Plan } from './plan.ts';
import { binaryParts, type Doc, decodeDoc, encodeDoc, kindOf, OUT_OF_LINE, toBinary } from './values.ts';

/** A stored document; its large Binaries are `OUT_OF_LINE` until they are loaded. */
export interface Row {
  readonly rid: number;
  readonly doc: Doc;
}

interface Blob {
  field: string;
  bytes: Uint8Array;
  subtype: number;
}

/** A Binary from this size on (bytes) has a row of its own, so that a list need not read it. */
const LARGE = 1024;
const SQLITE_CONSTRAINT_UNIQUE = 2067;
const ID_INDEX: IndexInfo = { name: '_id_', column: 'id', keys: [['_id', 1]] };

/**
 * The documents of one collection in SQLite: `docs_<id>` has a row a document (BSON, and one column
 * for the encoded key of each index), `blobs_<id>` the large Binaries.
 */
export class Table {
  readonly #sql: DatabaseSync;
  readonly #name: string;
  readonly #docs: string;
  readonly #blobs: string;
  readonly #entry: CollectionEntry;
  readonly #statements = new Map<string, StatementSync>();

  constructor(sql: DatabaseSync, name: string, entry: CollectionEntry) {
    this.#sql = sql;
    this.#name = name;
    this.#entry = entry;
    this.#docs = `docs_${entry.id}`;
    this.#blobs = `blobs_${entry.id}`;
  }

  get indexes(): readonly IndexInfo[] {
    return [ID_INDEX, ...this.#entry.indexes];
  }

  create(): void {
    this.#sql.exec(`
      CREATE TABLE ${this.#docs} (rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL) STRICT;
      CREATE TABLE ${this.#blobs} (rid INTEGER NOT NULL, field TEXT NOT NULL, subtype INTEGER NOT NULL,
        data BLOB NOT NULL, PRIMARY KEY (rid, field)) STRICT;`);
  }

  drop(): void {
    this.#sql.exec(`DROP TABLE ${this.#docs}; DROP TABLE ${this.#blobs};`);
  }

  /** Adds an index over the documents that are there. */
  addIndex(index: IndexEntry): void {
    this.#statements.clear();
    this.#sql.exec(`ALTER TABLE ${this.#docs} ADD COLUMN ${index.column} BLOB`);
    const set = this.#sql.prepare(`UPDATE ${this.#docs} SET ${index.column} = ? WHERE rid = ?`);
    for (const { rid, doc } of [
      ...this.rows({ index: null, ranges: [], ordered: false, backwards: false }),
    ]) {
      set.run(keyUnder(index, this.#withBlobs(rid, doc, index)), rid);
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
    for (const blob of blobs) this.#putBlob(Number(lastInsertRowid), blob);
  }

  /**
   * Writes a changed document; fields that are `OUT_OF_LINE` in it keep what they hold.
   *
   * @returns whether anything is different now
   */
  replace({ rid, doc: before }: Row, after: Doc): boolean {
    const { head, blobs } = splitOff(after);
    const changedBlobs = blobs.filter((blob) => !this.#holdsBlob(rid, blob));
    const encoded = encodeDoc(head);
    if (changedBlobs.length === 0 && Buffer.compare(encodeDoc(before), encoded) === 0) return false;

    const { indexes } = this.#entry;
    const sets = ['doc = ?', ...indexes.map(({ column }) => `${column} = ?`)].join(', ');
    const keys = indexes.map((index) => keyUnder(index, this.#withBlobs(rid, after, index)));
    const update = this.#prepare(`UPDATE ${this.#docs} SET ${sets} WHERE rid = ?`);
    this.#translatingDuplicates(indexes, () => update.run(encoded, ...keys, rid));
    for (const field of Object.keys(before)) {
      if (isOutOfLine(before[field]) && !isOutOfLine(head[field])) this.#removeBlob(rid, field);
    }
    for (const blob of changedBlobs) this.#putBlob(rid, blob);
    return true;
  }

  remove(rid: number): void {
    this.#prepare(`DELETE FROM ${this.#docs} WHERE rid = ?`).run(rid);
    this.#prepare(`DELETE FROM ${this.#blobs} WHERE rid = ?`).run(rid);
  }

  /** The documents a plan leads to, in its order; the caller applies the whole filter. */
  *rows(plan: Plan): Generator<Row> {
    if (!plan.index) {
      yield* this.#read(this.#prepare(`SELECT rid, doc FROM ${this.#docs} ORDER BY rid`));
      return;
    }
    const { column } = plan.index;
    const order = plan.backwards ? 'DESC' : 'ASC';
    const select = this.#prepare(
      `SELECT rid, doc FROM ${this.#docs} WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column} ${order}`,
    );
    for (const { from, to } of plan.ranges) yield* this.#read(select, from, to);
  }

  /** The document with those of its large Binaries that are wanted. */
  load({ rid, doc }: Row, wants: (field: string) => boolean): Doc {
    const loaded: Doc = {};
    for (const [field, value] of Object.entries(doc)) {
      loaded[field] = isOutOfLine(value) && wants(field) ? this.#getBlob(rid, field) : value;
    }
    return loaded;
  }

  /** Bytes of the large Binaries that a document keeps out of line. */
  blobBytes(rid: number, fields: readonly string[]): number {
    const select = this.#prepare(
      `SELECT length(data) AS bytes FROM ${this.#blobs} WHERE rid = ? AND field = ?`,
    );
    return fields.reduce((sum, field) => sum + Number(select.get(rid, field)?.bytes ?? 0), 0);
  }

  *#read(statement: StatementSync, ...parameters: SQLInputValue[]): Generator<Row> {
    for (const row of statement.iterate(...parameters)) {
      yield { rid: Number(row.rid), doc: decodeDoc(row.doc as Uint8Array) };
    }
  }

  #withBlobs(rid: number, doc: Doc, index: { keys: IndexInfo['keys'] }): Doc {
    const fields = new Set(index.keys.map(([field]) => field));
    return this.load({ rid, doc }, (field) => fields.has(field));
  }

  #getBlob(rid: number, field: string): unknown {
    const select = this.#prepare(`SELECT data, subtype FROM ${this.#blobs} WHERE rid = ? AND field = ?`);
    const row = select.get(rid, field);
    if (!row) throw new Error(`The database is damaged: ${this.#name}.${field} has lost its bytes.`);
    return toBinary(row.data as Uint8Array, Number(row.subtype));
  }

  #holdsBlob(rid: number, blob: Blob): boolean {
    const select = this.#prepare(
      `SELECT 1 FROM ${this.#blobs} WHERE rid = ? AND field = ? AND data = ? AND subtype = ?`,
    );
    return select.get(rid, blob.field, blob.bytes, blob.subtype) !== undefined;
  }

  #putBlob(rid: number, { field, bytes, subtype }: Blob): void {
    this.#prepare(
      `INSERT OR REPLACE INTO ${this.#blobs} (rid, field, subtype, data) VALUES (?, ?, ?, ?)`,
    ).run(rid, field, subtype, bytes);
  }

  #removeBlob(rid: number, field: string): void {
    this.#prepare(`DELETE FROM ${this.#blobs} WHERE rid = ? AND field = ?`).run(rid, field);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#sql.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
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

/** The value of the index's key column; NULL keeps a document out of a sparse index. */
function keyUnder(index: IndexInfo, doc: Doc): Buffer | null {
  const isLeftOut = index.sparse && index.keys.every(([field]) => !Object.hasOwn(doc, field));
  return isLeftOut ? null : encodeKey(doc, index.keys);
}

function isOutOfLine(value: unknown): boolean {
  return kindOf(value) === 'outOfLine';
}

function splitOff(doc: Doc): { head: Doc; blobs: Blob[] } {
  const head: Doc = {};
  const blobs: Blob[] = [];
  for (const [field, value] of Object.entries(doc)) {
    const large = kindOf(value) === 'binary' && binaryParts(value).bytes.length >= LARGE;
    head[field] = large ? OUT_OF_LINE : value;
    if (large) blobs.push({ field, ...binaryParts(value) });
  }
  return { head, blobs };
}

import type { Statements } from './statements.ts';
import { binaryParts, type Doc, kindOf, OUT_OF_LINE, toBinary } from './values.ts';

interface Blob {
  readonly field: string;
  readonly bytes: Uint8Array;
  readonly subtype: number;
}

/** A Binary from this size on (bytes) gets its own row, so that lists don't read it. */
const LARGE = 1024;

/** Moves the large Binaries out of a document and leaves `OUT_OF_LINE` in their place. */
export function splitOff(doc: Doc): { head: Doc; blobs: Blob[] } {
  const blobs: Blob[] = [];
  const head = Object.entries(doc).map(([field, value]) => {
    if (kindOf(value) !== 'binary') return [field, value];
    const parts = binaryParts(value);
    if (parts.bytes.length < LARGE) return [field, value];
    blobs.push({ field, ...parts });
    return [field, OUT_OF_LINE];
  });
  return { head: Object.fromEntries(head), blobs };
}

export function isOutOfLine(value: unknown): boolean {
  return kindOf(value) === 'outOfLine';
}

export class Blobs {
  readonly #statements: Statements;
  readonly #table: string;

  constructor(statements: Statements, table: string) {
    this.#statements = statements;
    this.#table = table;
  }

  static schema(table: string): string {
    return `CREATE TABLE ${table} (rid INTEGER NOT NULL, field TEXT NOT NULL, subtype INTEGER NOT NULL,
      data BLOB NOT NULL, PRIMARY KEY (rid, field)) STRICT`;
  }

  get(rid: number, field: string): unknown {
    const row = this.#where('SELECT data, subtype FROM', 'rid = ? AND field = ?').get(rid, field);
    if (!row) throw new Error(`The database is damaged: ${this.#table} has lost the bytes of ${field}.`);
    return toBinary(row.data as Uint8Array, Number(row.subtype));
  }

  put(rid: number, { field, bytes, subtype }: Blob): void {
    this.#statements
      .prepare(`INSERT OR REPLACE INTO ${this.#table} (rid, field, subtype, data) VALUES (?, ?, ?, ?)`)
      .run(rid, field, subtype, bytes);
  }

  holds(rid: number, { field, bytes, subtype }: Blob): boolean {
    const same = this.#where('SELECT 1 FROM', 'rid = ? AND field = ? AND data = ? AND subtype = ?');
    return same.get(rid, field, bytes, subtype) !== undefined;
  }

  remove(rid: number, field: string): void {
    this.#where('DELETE FROM', 'rid = ? AND field = ?').run(rid, field);
  }

  removeAll(rid: number): void {
    this.#where('DELETE FROM', 'rid = ?').run(rid);
  }

  /** Returns the size of these fields of a document, in bytes. */
  size(rid: number, fields: readonly string[]): number {
    const length = this.#where('SELECT length(data) AS bytes FROM', 'rid = ? AND field = ?');
    return fields.reduce((sum, field) => sum + Number(length.get(rid, field)?.bytes ?? 0), 0);
  }

  #where(verb: string, condition: string) {
    return this.#statements.prepare(`${verb} ${this.#table} WHERE ${condition}`);
  }
}

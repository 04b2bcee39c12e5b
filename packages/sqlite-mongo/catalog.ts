import type { DatabaseSync } from 'node:sqlite';
import type { Direction } from './keys.ts';
import type { Doc } from './values.ts';

export interface IndexEntry {
  name: string;
  column: string;
  keys: [field: string, direction: Direction][];
  unique: boolean;
  /** Whether documents without the field are left out of the index. */
  sparse: boolean;
  expireAfterSeconds?: number;
}

export interface CollectionEntry {
  /** Its tables are `docs_<id>` and `blobs_<id>`. */
  id: number;
  validator: Doc | null;
  indexes: IndexEntry[];
  /** Number of the next key column; numbers are never reused. */
  nextColumn: number;
}

const FORMAT = 1;

/** Stores names, validators and indexes of the collections in a table. */
export class Catalog {
  readonly #sql: DatabaseSync;
  /** Set by every change; the reader resets it. */
  touched = false;

  /** @throws if a later version of the store wrote the file */
  constructor(sql: DatabaseSync) {
    this.#sql = sql;
    const { user_version: format } = sql.prepare('PRAGMA user_version').get() as { user_version: number };
    if (format > FORMAT) {
      throw new Error(
        `The database has format ${format}; this version of Project BFF reads up to ${FORMAT}.`,
      );
    }
    sql.exec('CREATE TABLE IF NOT EXISTS catalog (name TEXT PRIMARY KEY, entry TEXT NOT NULL) STRICT');
    sql.exec(`PRAGMA user_version = ${FORMAT}`);
  }

  read(): Map<string, CollectionEntry> {
    const rows = this.#sql.prepare('SELECT name, entry FROM catalog').all() as {
      name: string;
      entry: string;
    }[];
    return new Map(rows.map(({ name, entry }) => [name, JSON.parse(entry) as CollectionEntry]));
  }

  save(name: string, entry: CollectionEntry): void {
    this.touched = true;
    this.#sql
      .prepare(
        'INSERT INTO catalog (name, entry) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET entry = excluded.entry',
      )
      .run(name, JSON.stringify(entry));
  }

  remove(name: string): void {
    this.touched = true;
    this.#sql.prepare('DELETE FROM catalog WHERE name = ?').run(name);
  }
}

import type { DatabaseSync } from 'node:sqlite';
import type { Direction } from './keys.ts';
import type { Doc } from './values.ts';

/** A declared index, as it is kept in the catalog. */
export interface IndexEntry {
  name: string;
  column: string;
  keys: [field: string, direction: Direction][];
  unique: boolean;
  /** Documents without the field have no key, and so are not in the index. */
  sparse: boolean;
  expireAfterSeconds?: number;
}

/** What is known of a collection besides its documents. */
export interface CollectionEntry {
  /** Its tables are `docs_<id>` and `blobs_<id>`. */
  id: number;
  validator: Doc | null;
  indexes: IndexEntry[];
  /** Number of the next key column; a number is not used twice. */
  nextColumn: number;
}

const FORMAT = 1;

/** Names, validators and indexes of the collections, in a table of their own. */
export class Catalog {
  readonly #sql: DatabaseSync;
  /** Set by every change; whoever reads it resets it. */
  touched = false;

  /** @throws when the file was written by a later version of the store */
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

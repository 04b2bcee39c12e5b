import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Catalog, type CollectionEntry } from './catalog.ts';
import { Collection } from './collection.ts';
import { CommitQueue } from './commit-queue.ts';
import { type CollectionHost, EmbeddedDb } from './db.ts';
import type { QueryReport } from './finder.ts';
import { Schema } from './schema.ts';
import { Table } from './table.ts';

export interface EmbeddedStoreOptions {
  /** Created with mode 0700 if missing. */
  readonly directory: string;
  /** The clock, in milliseconds since 1970, for TTL indexes. */
  readonly now?: () => number;
  /** Called for every look-up, so that a test can fail on a full scan. */
  readonly observe?: (report: QueryReport) => void;
  /** Interval between purges of expired documents, ms. */
  readonly purgeEveryMs?: number;
}

const FILE = 'bff.sqlite';
const SQLITE_BUSY = 5;
const PURGE_BATCH = 500;

/**
 * An embedded, durable document store with the part of the `mongodb` driver that the ORM uses, over
 * Node's own SQLite. It serves one process; a second one is refused. Limits: README.md in this
 * folder.
 */
export class EmbeddedStore implements CollectionHost {
  readonly #sql: DatabaseSync;
  readonly #catalog: Catalog;
  readonly #queue: CommitQueue;
  readonly #options: EmbeddedStoreOptions;
  readonly #collections = new Map<string, Collection>();
  readonly #entries = new Map<string, CollectionEntry>();
  readonly #purger: NodeJS.Timeout;
  #name: string | undefined;
  #closed = false;
  /** The cached catalog may come from a transaction that was rolled back. */
  #stale = true;

  /** @throws if another process has the store open, or the file isn't ours to read */
  constructor(options: EmbeddedStoreOptions) {
    this.#options = options;
    this.#sql = openFile(options.directory);
    this.#catalog = new Catalog(this.#sql);
    this.#queue = new CommitQueue(this.#sql, () => {
      this.#stale = true;
    });
    this.#refresh();
    // A failed purge is retried next time; until then, reads hide expired documents.
    const purge = () => void this.purge().catch(() => {});
    this.#purger = setInterval(purge, options.purgeEveryMs ?? 60_000).unref();
  }

  /** Returns the store's only database; a second name is a mistake. */
  db(name: string): EmbeddedDb {
    this.#name ??= name;
    if (this.#name !== name) throw new Error(`The embedded store holds one database, "${this.#name}".`);
    return new EmbeddedDb(this);
  }

  write<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(closedError());
    return this.#queue.write(() => {
      this.#refresh();
      this.#catalog.touched = false;
      try {
        return work();
      } catch (error) {
        this.#stale ||= this.#catalog.touched;
        throw error;
      }
    });
  }

  existing(name: string): Collection | null {
    if (this.#closed) throw closedError();
    this.#refresh();
    return this.#collections.get(name) ?? null;
  }

  collection(name: string): Collection {
    return this.existing(name) ?? this.#create(name);
  }

  drop(name: string): boolean {
    const entry = this.#entries.get(name);
    if (!entry) return false;
    new Table(this.#sql, name, entry).drop();
    this.#catalog.remove(name);
    this.#collections.delete(name);
    this.#entries.delete(name);
    return true;
  }

  /** Removes expired documents, which reads already hide. */
  async purge(): Promise<number> {
    let total = 0;
    for (const name of [...this.#collections.keys()]) {
      let purged: number;
      do {
        purged = await this.write(() => this.existing(name)?.purge(PURGE_BATCH) ?? 0);
        total += purged;
      } while (purged >= PURGE_BATCH);
    }
    return total;
  }

  /** @throws if the file can't be read */
  ping(): void {
    if (this.#closed) throw closedError();
    this.#sql.prepare('SELECT 1').get();
  }

  /** Runs SQLite's own check of the file; null if all is well. */
  checkIntegrity(): string | null {
    const row = this.#sql.prepare('PRAGMA integrity_check').get() as { integrity_check: string };
    return row.integrity_check === 'ok' ? null : row.integrity_check;
  }

  /** Commits waiting writes and releases the file. A second call does nothing. */
  close(): void {
    if (this.#closed) return;
    clearInterval(this.#purger);
    this.#queue.flush();
    this.#closed = true;
    this.#sql.close();
  }

  #create(name: string): Collection {
    const ids = [...this.#entries.values()].map(({ id }) => id);
    const entry = { id: Math.max(0, ...ids) + 1, validator: null, indexes: [], nextColumn: 1 };
    new Table(this.#sql, name, entry).create();
    this.#catalog.save(name, entry);
    return this.#keep(name, entry);
  }

  #keep(name: string, entry: CollectionEntry): Collection {
    const { now = Date.now, observe } = this.#options;
    const table = new Table(this.#sql, name, entry);
    const schema = new Schema(name, entry, table, this.#catalog);
    const collection = new Collection(name, table, schema, { now, observe });
    this.#entries.set(name, entry);
    this.#collections.set(name, collection);
    return collection;
  }

  #refresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.#collections.clear();
    this.#entries.clear();
    for (const [name, entry] of this.#catalog.read()) this.#keep(name, entry);
  }
}

function closedError(): Error {
  return new Error('The embedded store is closed.');
}

function openFile(directory: string): DatabaseSync {
  const file = path.join(directory, FILE);
  let sql: DatabaseSync | undefined;
  try {
    // An existing folder keeps its mode: it may belong to another user, or hold more than this. The
    // files are closed to others.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // SQLite gives its write-ahead log the mode of the database file. A file that exists is not
    // opened here: closing it would drop the lock this very process may hold on it (POSIX advisory
    // locks).
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    sql = new DatabaseSync(file);
    // Exclusive from the first read on: a second process is refused at once, and no shared-memory
    // file is needed. The operating system releases the lock however this process ends.
    sql.exec('PRAGMA locking_mode = EXCLUSIVE');
    sql.exec('PRAGMA journal_mode = WAL');
    sql.exec('PRAGMA synchronous = FULL');
    // Overwrites deleted keys and sessions on disk.
    sql.exec('PRAGMA secure_delete = ON');
    sql.exec('PRAGMA journal_size_limit = 16777216');
    sql.exec('BEGIN EXCLUSIVE; COMMIT');
    return sql;
  } catch (error) {
    sql?.close();
    const { errcode, message } = error as { errcode?: number; message: string };
    const said =
      errcode === SQLITE_BUSY
        ? `Another process of Project BFF is using ${directory}. Stop it, or set another DATA_DIR.`
        : `DATA_DIR ${directory} cannot be used: ${message}`;
    throw new Error(said, { cause: error });
  }
}

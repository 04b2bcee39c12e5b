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
  /** Made with mode 0700 if missing. */
  readonly directory: string;
  /** Milliseconds since 1970; decides when a TTL index has a document removed. */
  readonly now?: () => number;
  /** Told of every look-up, so that a test can fail on a scan. */
  readonly observe?: (report: QueryReport) => void;
  /** Time between two purges of expired documents, ms. */
  readonly purgeEveryMs?: number;
}

const FILE = 'bff.sqlite';
const SQLITE_BUSY = 5;
const PURGE_BATCH = 500;

/**
 * An embedded, durable document store that speaks the part of the `mongodb` driver the ORM uses, over
 * Node's own SQLite. For one process: a second one is refused. Limits: see README.md in this folder.
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
  /** What is kept of the catalog in memory may be from a transaction that was rolled back. */
  #stale = true;

  /** @throws when another process has the store open, or the file is not ours to read */
  constructor(options: EmbeddedStoreOptions) {
    this.#options = options;
    this.#sql = openFile(options.directory);
    this.#catalog = new Catalog(this.#sql);
    this.#queue = new CommitQueue(this.#sql, () => {
      this.#stale = true;
    });
    this.#refresh();
    // A purge that fails is tried again at the next turn; until then reads hide what is over.
    const purge = () => void this.purge().catch(() => {});
    this.#purger = setInterval(purge, options.purgeEveryMs ?? 60_000).unref();
  }

  /** The one database of the store; a second name is a mistake. */
  db(name: string): EmbeddedDb {
    this.#name ??= name;
    if (this.#name !== name) throw new Error(`The embedded store holds one database, "${this.#name}".`);
    return new EmbeddedDb(this);
  }

  /** Runs work in the next shared transaction; resolves once it is on the disk. */
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

  /** The collection, or null when nothing was ever written to it. */
  existing(name: string): Collection | null {
    if (this.#closed) throw closedError();
    this.#refresh();
    return this.#collections.get(name) ?? null;
  }

  /** The collection, made if it is missing; only inside {@link write}. */
  collection(name: string): Collection {
    return this.existing(name) ?? this.#create(name);
  }

  /** Drops a collection with its documents; only inside {@link write}. */
  drop(name: string): boolean {
    const entry = this.#entries.get(name);
    if (!entry) return false;
    new Table(this.#sql, name, entry).drop();
    this.#catalog.remove(name);
    this.#collections.delete(name);
    this.#entries.delete(name);
    return true;
  }

  /** Removes documents whose TTL is over; reads don't see them before that either. */
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

  /** Throws when the file cannot be read. */
  ping(): void {
    if (this.#closed) throw closedError();
    this.#sql.prepare('SELECT 1').get();
  }

  /** SQLite's own look at the file: null when all is well. */
  checkIntegrity(): string | null {
    const row = this.#sql.prepare('PRAGMA integrity_check').get() as { integrity_check: string };
    return row.integrity_check === 'ok' ? null : row.integrity_check;
  }

  /** Commits what waits and gives the file free. A second call does nothing. */
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
    // A folder that is there keeps its mode: it may be somebody else's, or hold more than this. The files are closed to others.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // SQLite gives its write-ahead log the mode of the database file. A file that exists is not opened
    // here: closing it would drop the lock this very process may hold on it (POSIX advisory locks).
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    sql = new DatabaseSync(file);
    // Exclusive from the first read on: a second process is refused at once, and no shared-memory file
    // is needed. The operating system gives the lock free however this process ends.
    sql.exec('PRAGMA locking_mode = EXCLUSIVE');
    sql.exec('PRAGMA journal_mode = WAL');
    sql.exec('PRAGMA synchronous = FULL');
    // Deleted keys and sessions are overwritten, not only forgotten.
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

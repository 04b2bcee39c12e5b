import type { Collection } from './collection.ts';
import { namespaceExists, namespaceNotFound, unsupported } from './errors.ts';
import { parseFilter } from './filter.ts';
import type { Search } from './finder.ts';
import { parseKeySpec } from './keys.ts';
import { parsePipeline, type Query } from './pipeline.ts';
import type { IndexOptions } from './schema.ts';
import { parseUpdate } from './update.ts';
import type { Doc } from './values.ts';

interface CollectionOptions {
  validator?: Doc;
  validationLevel?: string;
  validationAction?: string;
}

export interface CollectionHost {
  /** Runs work in the next shared transaction; resolves once it is on disk. */
  write<T>(work: () => T): Promise<T>;
  /** Returns a collection; null if nothing was ever written to it. */
  existing(name: string): Collection | null;
  /** Returns a collection and creates it if missing; only inside {@link write}. */
  collection(name: string): Collection;
  drop(name: string): boolean;
  /** @throws if the file can't be read */
  ping(): void;
}

/** The `Db` of the mongodb driver, as far as the ORM calls it. */
export class EmbeddedDb {
  readonly #store: CollectionHost;

  constructor(store: CollectionHost) {
    this.#store = store;
  }

  collection(name: string): EmbeddedCollection {
    return new EmbeddedCollection(this.#store, name);
  }

  /** @throws code 48 if the collection exists */
  async createCollection(name: string, options: CollectionOptions = {}): Promise<EmbeddedCollection> {
    refuseOthers(options, ['validator', 'validationLevel', 'validationAction'], 'createCollection');
    await this.#store.write(() => {
      if (this.#store.existing(name)) throw namespaceExists(name);
      this.#setValidator(name, options);
    });
    return this.collection(name);
  }

  /** `{ ping }` and `{ collMod, validator }`. */
  async command(command: Doc): Promise<Doc> {
    if ('ping' in command) {
      this.#store.ping();
      return { ok: 1 };
    }
    if (typeof command.collMod !== 'string') throw unsupported(`the command ${Object.keys(command)[0]}`);
    const { collMod: name, ...options } = command;
    refuseOthers(options, ['validator', 'validationLevel', 'validationAction'], 'collMod');
    await this.#store.write(() => {
      if (!this.#store.existing(name as string)) throw namespaceNotFound(name as string);
      this.#setValidator(name as string, options);
    });
    return { ok: 1 };
  }

  #setValidator(name: string, options: CollectionOptions): void {
    if ((options.validationLevel ?? 'strict') !== 'strict')
      throw unsupported('a validation level but strict');
    if ((options.validationAction ?? 'error') !== 'error') throw unsupported('a validation action but error');
    this.#store.collection(name).schema.setValidator(options.validator ?? null);
  }
}

interface UpdateOptions {
  upsert?: boolean;
}

interface FindAndModifyOptions extends UpdateOptions {
  sort?: Record<string, unknown>;
  returnDocument?: 'before' | 'after';
}

/**
 * The `Collection` of the mongodb driver, as far as the ORM calls it; results in the driver's
 * words.
 */
export class EmbeddedCollection {
  readonly #store: CollectionHost;
  readonly #name: string;

  constructor(store: CollectionHost, name: string) {
    this.#store = store;
    this.#name = name;
  }

  async insertOne(doc: Doc) {
    const insertedId = await this.#write((collection) => collection.insert(doc));
    return { acknowledged: true, insertedId };
  }

  /** Inserts all or none: an error undoes the documents before it. */
  async insertMany(docs: readonly Doc[]) {
    const ids = await this.#write((collection) => docs.map((doc) => collection.insert(doc)));
    return { acknowledged: true, insertedCount: ids.length, insertedIds: { ...ids } };
  }

  updateOne(filter: Doc, update: Doc, options: UpdateOptions = {}) {
    return this.#update(filter, update, options, false);
  }

  updateMany(filter: Doc, update: Doc, options: UpdateOptions = {}) {
    return this.#update(filter, update, options, true);
  }

  async deleteOne(filter: Doc) {
    const parsed = parseFilter(filter);
    return {
      acknowledged: true,
      deletedCount: await this.#write((collection) => collection.delete(parsed, 1)),
    };
  }

  async deleteMany(filter: Doc) {
    const parsed = parseFilter(filter);
    const deletedCount = await this.#write((collection) =>
      collection.delete(parsed, Number.POSITIVE_INFINITY),
    );
    return { acknowledged: true, deletedCount };
  }

  async findOneAndUpdate(filter: Doc, update: Doc, options: FindAndModifyOptions = {}) {
    refuseOthers(options, ['upsert', 'sort', 'returnDocument'], 'findOneAndUpdate');
    const search = searchOne(filter, options);
    const parsed = parseUpdate(update);
    const { upsert = false, returnDocument = 'before' } = options;
    return this.#write((collection) =>
      collection.findOneAndUpdate(search, parsed, { upsert, returnDocument }),
    );
  }

  async findOneAndDelete(filter: Doc, options: FindAndModifyOptions = {}) {
    refuseOthers(options, ['sort'], 'findOneAndDelete');
    const search = searchOne(filter, options);
    return this.#write((collection) => collection.findOneAndDelete(search));
  }

  /** Runs on iteration and returns what was committed at that moment. */
  aggregate(pipeline: readonly Doc[]) {
    const query: Query = parsePipeline(pipeline);
    const run = () => this.#store.existing(this.#name)?.find(query) ?? [];
    return {
      toArray: async () => run(),
      async *[Symbol.asyncIterator]() {
        yield* run();
      },
    };
  }

  drop(): Promise<boolean> {
    return this.#store.write(() => this.#store.drop(this.#name));
  }

  async createIndex(keys: Record<string, unknown>, options: IndexOptions = {}): Promise<string> {
    refuseOthers(options, ['name', 'unique', 'sparse', 'expireAfterSeconds'], 'createIndex');
    return this.#write((collection) => collection.schema.createIndex(keys, options));
  }

  async dropIndex(name: string): Promise<void> {
    await this.#write((collection) => collection.schema.dropIndex(name));
  }

  async #update(filter: Doc, update: Doc, options: UpdateOptions, many: boolean) {
    refuseOthers(options, ['upsert'], 'an update');
    const parsedFilter = parseFilter(filter);
    const parsedUpdate = parseUpdate(update);
    const outcome = await this.#write((collection) =>
      collection.update(parsedFilter, parsedUpdate, { many, upsert: options.upsert === true }),
    );
    return { acknowledged: true, upsertedCount: outcome.upsertedId === null ? 0 : 1, ...outcome };
  }

  #write<T>(work: (collection: ReturnType<CollectionHost['collection']>) => T): Promise<T> {
    return this.#store.write(() => work(this.#store.collection(this.#name)));
  }
}

function searchOne(filter: Doc, options: FindAndModifyOptions): Search {
  const sort = options.sort ? parseKeySpec(options.sort, 'a sort') : null;
  return { filter: parseFilter(filter), sort, skip: 0, limit: 1 };
}

function refuseOthers(options: object, known: string[], where: string): void {
  const other = Object.entries(options).find(([name, value]) => value !== undefined && !known.includes(name));
  if (other) throw unsupported(`the option ${other[0]} of ${where}`);
}

import { isDeepStrictEqual } from 'node:util';
import type { Catalog, CollectionEntry, IndexEntry } from './catalog.ts';
import { indexConflict, indexNotFound, unsupported, validationFailed } from './errors.ts';
import { type KeySpec, parseKeySpec } from './keys.ts';
import type { Table } from './table.ts';
import { type Check, compileSchema } from './validator.ts';
import type { Doc } from './values.ts';

export interface IndexOptions {
  name?: string;
  unique?: boolean;
  sparse?: boolean;
  expireAfterSeconds?: number;
}

/** A time field, and how long after it (ms) a document expires. */
interface Lifetime {
  readonly field: string;
  readonly ms: number;
}

export class Schema {
  readonly #name: string;
  readonly #entry: CollectionEntry;
  readonly #table: Table;
  readonly #catalog: Catalog;
  #check: Check;
  #lifetimes: readonly Lifetime[];

  constructor(name: string, entry: CollectionEntry, table: Table, catalog: Catalog) {
    this.#name = name;
    this.#entry = entry;
    this.#table = table;
    this.#catalog = catalog;
    this.#check = compileValidator(entry.validator);
    this.#lifetimes = lifetimesOf(entry);
  }

  /** @throws code 121 with the field that violates the validator */
  validate(doc: Doc): void {
    const problem = this.#check(doc, this.#name);
    if (problem) throw validationFailed(this.#name, problem);
  }

  get lifetimes(): readonly Lifetime[] {
    return this.#lifetimes;
  }

  get uniqueKeys(): KeySpec[] {
    return [[['_id', 1]], ...this.#entry.indexes.filter(({ unique }) => unique).map(({ keys }) => keys)];
  }

  setValidator(validator: Doc | null): void {
    this.#check = compileValidator(validator);
    if (isDeepStrictEqual(validator, this.#entry.validator)) return;
    this.#entry.validator = validator;
    this.#save();
  }

  /** Creates an index unless it exists. @throws code 85 if a different index has this name */
  createIndex(spec: Record<string, unknown>, options: IndexOptions): string {
    const keys = parseKeySpec(spec, 'an index');
    const name = options.name ?? keys.map(([field, direction]) => `${field}_${direction}`).join('_');
    const { expireAfterSeconds } = options;
    if (expireAfterSeconds !== undefined && keys.length !== 1) throw unsupported('a compound TTL index');
    if (options.sparse && keys.length !== 1) throw unsupported('a compound sparse index');
    const wanted = {
      name,
      keys: keys.map(([field, direction]): IndexEntry['keys'][number] => [field, direction]),
      unique: options.unique === true,
      sparse: options.sparse === true,
      ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    };
    const existing = this.#entry.indexes.find((index) => index.name === name);
    if (existing) {
      if (!isDeepStrictEqual(existing, { ...wanted, column: existing.column })) throw indexConflict(name);
      return name;
    }
    const index: IndexEntry = { ...wanted, column: `k${this.#entry.nextColumn}` };
    this.#table.addIndex(index);
    this.#entry.nextColumn++;
    this.#entry.indexes.push(index);
    this.#save();
    return name;
  }

  dropIndex(name: string): void {
    const at = this.#entry.indexes.findIndex((index) => index.name === name);
    const index = this.#entry.indexes[at];
    if (!index) throw indexNotFound(name);
    this.#table.dropIndex(index);
    this.#entry.indexes.splice(at, 1);
    this.#save();
  }

  #save(): void {
    this.#lifetimes = lifetimesOf(this.#entry);
    this.#catalog.save(this.#name, this.#entry);
  }
}

function lifetimesOf({ indexes }: CollectionEntry): Lifetime[] {
  return indexes.flatMap(({ keys, expireAfterSeconds: seconds }) =>
    seconds === undefined || !keys[0] ? [] : [{ field: keys[0][0], ms: seconds * 1000 }],
  );
}

function compileValidator(validator: Doc | null): Check {
  if (!validator) return () => null;
  const { $jsonSchema: schema, ...others } = validator;
  if (Object.keys(others).length > 0) throw unsupported('a validator other than $jsonSchema');
  return schema ? compileSchema(schema as Doc) : () => null;
}

import type { MongoQueryPlan } from '@prisma/orm-mongo/orm';
import mongo, { type MongoClient as OrmClient } from '@prisma/orm-mongo/runtime';
import { MongoClient } from 'mongodb';
import { SECOND } from '#core/durations.ts';
import { EmbeddedStore, type EmbeddedStoreOptions } from '#sqlite-mongo';
import type { Contract } from '../../prisma/contract.d.ts';
import contractJson from '../../prisma/contract.json' with { type: 'json' };
import { createCollections } from './create-collections.ts';

export interface Database {
  readonly kind: 'embedded' | 'mongodb';
  /** The typed collections; only `*.store.ts` files use them. */
  readonly orm: OrmClient<Contract>['orm'];
  /** Builds queries that `orm` cannot express, a count for example; run them with `rows`. */
  readonly query: OrmClient<Contract>['query'];
  rows<Row>(plan: MongoQueryPlan<Row>): Promise<Row[]>;
  /** @throws when the database cannot answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /**
   * `mongodb://` or `mongodb+srv://` with a database name; without it the embedded store is used.
   */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly embedded?: Pick<EmbeddedStoreOptions, 'now' | 'observe' | 'purgeEveryMs'>;
}

const DEFAULT_NAME = 'bff';
const SERVER_TIMEOUT_MS = 10 * SECOND;

/**
 * Opens the database and creates missing collections, validators and indexes.
 *
 * @throws when another process uses `dataDir`, or the server cannot be reached within 10 s
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.databaseUrl
    ? openMongo(options.databaseUrl)
    : openEmbedded({ directory: options.dataDir, ...options.embedded });
}

async function openEmbedded(options: EmbeddedStoreOptions): Promise<Database> {
  const store = new EmbeddedStore(options);
  try {
    await createCollections(store.db(DEFAULT_NAME));
  } catch (error) {
    store.close();
    throw error;
  }
  // The ORM calls only those methods of the client that the embedded store has.
  const client = store as unknown as MongoClient;
  return {
    kind: 'embedded',
    ...ormOver(client, DEFAULT_NAME),
    ping: async () => store.ping(),
    close: async () => store.close(),
  };
}

async function openMongo(databaseUrl: string): Promise<Database> {
  const client = new MongoClient(databaseUrl, {
    serverSelectionTimeoutMS: SERVER_TIMEOUT_MS,
    // An acknowledged letter is on the disks of a majority, whatever the server's default is.
    writeConcern: { w: 'majority', journal: true },
    readConcernLevel: 'majority',
  });
  const name = databaseName(databaseUrl);
  try {
    await client.connect();
    await createCollections(client.db(name));
  } catch (error) {
    await client.close();
    throw error;
  }
  const ping = async () => {
    await client.db(name).command({ ping: 1 });
  };
  return { kind: 'mongodb', ...ormOver(client, name), ping, close: () => client.close() };
}

function ormOver(mongoClient: MongoClient, dbName: string): Pick<Database, 'orm' | 'query' | 'rows'> {
  const client = mongo<Contract>({ contractJson, mongoClient, dbName });
  const { orm, query } = client;
  return { orm, query, rows: async (plan) => (await client.runtime()).query(plan).toArray() };
}

/** The database name in the URL's path; the driver alone would default to "test". */
function databaseName(databaseUrl: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/.exec(databaseUrl)?.[1];
  return path ? decodeURIComponent(path) : DEFAULT_NAME;
}

import { MongoClient } from 'mongodb';
import { describe, it } from 'vitest';
import { newId } from '#core/id.ts';
import { openDatabase } from '#server/db/client.ts';
import { describeStores } from './store-suite.ts';

const server = process.env.TEST_MONGODB_URL;

if (server) {
  describeStores('MongoDB', async () => {
    // A database of its own on that server, dropped at the end.
    const url = new URL(server);
    url.pathname = `/bff_test_${newId()}`;
    const db = await openDatabase({ databaseUrl: url.href, dataDir: '' });
    const close = async () => {
      await db.close();
      const client = await new MongoClient(url.href).connect();
      await client.db(url.pathname.slice(1)).dropDatabase();
      await client.close();
    };
    return { db, validators: true, close };
  });
} else {
  console.log('Stores on MongoDB: skipped, TEST_MONGODB_URL is not set.');
  describe.skip('stores on MongoDB (TEST_MONGODB_URL is not set)', () => {
    it('has no server to run on', () => {});
  });
}

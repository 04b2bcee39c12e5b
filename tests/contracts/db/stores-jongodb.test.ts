import { afterAll, describe, it } from 'vitest';
import { openDatabase } from '#server/db/client.ts';
import { startJongodb } from '#tests/support/database-jongodb.ts';
import { describeStores } from './store-suite.ts';

const server = await startJongodb();

if ('missing' in server) {
  console.log(`Stores on jongodb: skipped, ${server.missing}.`);
  describe.skip(`stores on jongodb (${server.missing})`, () => {
    it('is not installed', () => {});
  });
} else {
  afterAll(() => server.stop());
  describeStores('jongodb through the mongodb driver', async () => {
    // It has neither `create` nor `collMod`, and so no validators.
    const db = await openDatabase({ databaseUrl: server.url, dataDir: '' });
    return { db, validators: false, close: () => db.close() };
  });
}

import { openTemporaryDatabase } from '#tests/support/database-embedded.ts';
import { describeStores } from './store-suite.ts';

describeStores('the embedded store', async () => ({ ...(await openTemporaryDatabase()), validators: true }));

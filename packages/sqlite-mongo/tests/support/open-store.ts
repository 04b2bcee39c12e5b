import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedStore, type EmbeddedStoreOptions } from '../../index.ts';

/** Opens a store in a directory of its own, which `close` removes. */
export async function openTemporaryStore(options: Partial<EmbeddedStoreOptions> = {}) {
  const directory = await mkdtemp(path.join(tmpdir(), 'sqlite-mongo-'));
  const store = new EmbeddedStore({ directory, ...options });
  return {
    store,
    directory,
    db: store.db('test'),
    close: async () => {
      store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, type DatabaseOptions, openDatabase } from '#server/db/client.ts';

/** An empty directory that is removed at the end. */
export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'bff-database-'));
  return { path: directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** The application's database over an embedded store of its own. */
export async function openTemporaryDatabase(
  embedded: DatabaseOptions['embedded'] = {},
): Promise<{ db: Database; close(): Promise<void> }> {
  const directory = await temporaryDirectory();
  const db = await openDatabase({ dataDir: directory.path, embedded });
  return {
    db,
    close: async () => {
      await db.close();
      await directory.remove();
    },
  };
}

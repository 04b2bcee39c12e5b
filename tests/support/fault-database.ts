import { newId } from '#core/id.ts';
import { openDatabase } from '#server/db/client.ts';
import { startJongodb } from './database-jongodb.ts';
import { createFaultBench } from './fault-bench.ts';

/** A database server for the tests of one file, each of which begins with an empty database; or why there is none. */
export async function startFaultDatabase(who: string) {
  const wire = await startJongodb();
  if ('missing' in wire) {
    console.log(`faults: ${who} is skipped, ${wire.missing}`);
    return wire;
  }
  return {
    stop: wire.stop,
    async open() {
      const databaseUrl = wire.url.replace('/bff?', `/t${newId()}?`);
      const db = await openDatabase({ databaseUrl, dataDir: '' });
      return { db, databaseUrl, bench: await createFaultBench(db) };
    },
  };
}

export type FaultDatabase = Exclude<Awaited<ReturnType<typeof startFaultDatabase>>, { missing: string }>;

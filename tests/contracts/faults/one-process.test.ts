import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { openDatabase } from '#server/db/client.ts';
import { allOnce, createFaultBench, type FaultBench } from '#tests/support/fault-bench.ts';

const LIMIT_MS = 2 * MINUTE;
/** Younger letters are left alone by the sweeper. */
const GRACE_MS = 10_000;

describe('faults in one process', () => {
  test.each(['before', 'after'])(
    'killed right %s it marks a letter delivered: it is swept up after the restart',
    async (moment) => {
      const DATA_DIR = await mkdtemp(join(tmpdir(), 'bff-faults-'));
      let db = await openDatabase({ dataDir: DATA_DIR });
      const bench = await createFaultBench(db);
      const letters = await bench.writeLetters(3, new Date(Date.now() - GRACE_MS));
      // The embedded store belongs to one process: ours makes room for the worker, and looks afterwards.
      await db.close();
      const dying = await bench.startWorker({ DATA_DIR, CATCH: moment });
      expect(letters).toContain(await dying.caught);
      await dying.kill();
      const next = await bench.startWorker({ DATA_DIR });
      await untilMailed(bench, 3);
      await next.kill();
      db = await openDatabase({ dataDir: DATA_DIR });
      bench.reopened(db);
      expect(
        await bench.settle(`one process, kill -9 ${moment} delivering`, letters, { timeoutMs: 0 }),
      ).toEqual(allOnce(3));
      await bench.close();
      await db.close();
      await rm(DATA_DIR, { recursive: true });
    },
    LIMIT_MS,
  );
});

async function untilMailed(bench: FaultBench, count: number): Promise<void> {
  for (let turn = 0; turn < 600 && bench.smtp.received.length < count; turn += 1) await sleep(100);
  await sleep(1000);
}

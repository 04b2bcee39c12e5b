import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import type { Database } from '#server/db/client.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { letterNotifyEmail } from '#server/notifications/notification.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { createQstashQueue } from '#server/queue/qstash.ts';
import type { QueueDriver } from '#server/queue/queue.ts';
import { allOnce, type FaultBench } from '#tests/support/fault-bench.ts';
import { type FaultDatabase, startFaultDatabase } from '#tests/support/fault-database.ts';
import { QstashServer } from '#tests/support/qstash-server.ts';

const LIMIT_MS = 2 * MINUTE;
const database = await startFaultDatabase('QStash');
afterAll(async () => {
  if (!('missing' in database)) await database.stop();
});

describe.skipIf('missing' in database)('faults on QStash', () => {
  let server: QstashServer;
  let db: Database;
  let bench: FaultBench;
  let driver: QueueDriver;
  let env: Record<string, string>;

  beforeEach(async () => {
    const opened = await (database as FaultDatabase).open();
    ({ db, bench } = opened);
    server = await new QstashServer({ speed: 20 }).start();
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const workerUrl = `http://127.0.0.1:${port}`;
    driver = await createQstashQueue({
      token: server.token,
      baseUrl: server.url,
      workerUrl,
      keys: server.keys,
      log: { info: () => {}, error: () => {} },
    });
    env = {
      QUEUE: 'qstash',
      QSTASH_TOKEN: server.token,
      QSTASH_URL: server.url,
      QSTASH_CURRENT: server.keys.current,
      QSTASH_NEXT: server.keys.next,
      WORKER_URL: workerUrl,
      PORT: String(port),
      DATABASE_URL: opened.databaseUrl,
    };
  });
  afterEach(async () => {
    await bench.close();
    await driver.close();
    await server.close();
    await db.close();
  });

  test.each(['before', 'after'])(
    'a worker killed right %s it marks a letter delivered: the job is delivered again',
    async (moment) => {
      const send = (letterId: string) => enqueue(driver.queue, letterDeliver, { letterId });
      expect(await bench.killDelivering('QStash', moment, env, send)).toEqual(allOnce(5));
    },
    LIMIT_MS,
  );

  test(
    'every delivery comes five times at once, and the notification before the letter',
    async () => {
      server.copies = 5;
      await bench.startWorker(env);
      const letters = await bench.writeLetters(5);
      for (const letterId of letters) await enqueue(driver.queue, letterNotifyEmail, { letterId });
      for (const letterId of letters) await enqueue(driver.queue, letterDeliver, { letterId });
      expect(await bench.settle('QStash, five of each and out of order', letters)).toEqual(allOnce(5));
    },
    LIMIT_MS,
  );

  test(
    'QStash is away while letters are sent, and poison is on the way: the sweeper makes up for it',
    async () => {
      await bench.startWorker(env);
      await driver.queue.add('letter.deliver', { letterId: 'poison' }, { attempts: 3 });
      const letters = await bench.writeLetters(3);
      server.away = true;
      for (const letterId of letters) {
        await expect(enqueue(driver.queue, letterDeliver, { letterId })).rejects.toThrow();
      }
      server.away = false;
      expect(await bench.settle('QStash, away while sending', letters)).toEqual(allOnce(3));
      expect(server.deadLetters.map(({ answer }) => answer)).toEqual([
        '{"error":"The payload of letter.deliver has the wrong shape."}',
      ]);
    },
    LIMIT_MS,
  );
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { Database } from '#server/db/client.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { letterNotifyEmail } from '#server/notifications/notification.jobs.ts';
import { createBullmqQueue } from '#server/queue/bullmq.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import type { QueueDriver } from '#server/queue/queue.ts';
import { allOnce, type FaultBench } from '#tests/support/fault-bench.ts';
import { type FaultDatabase, startFaultDatabase } from '#tests/support/fault-database.ts';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';

const LIMIT_MS = 2 * MINUTE;
const database = await startFaultDatabase('Redis');
if (!hasRedisServer()) console.log('faults: Redis is skipped, there is no redis-server on PATH');
afterAll(async () => {
  if (!('missing' in database)) await database.stop();
});

describe.skipIf('missing' in database || !hasRedisServer())('faults on Redis', () => {
  const redis = new RedisServer();
  let db: Database;
  let bench: FaultBench;
  let driver: QueueDriver;
  let env: Record<string, string>;

  beforeAll(() => redis.start());
  afterAll(() => redis.stop());
  beforeEach(async () => {
    const prefix = newId();
    const opened = await (database as FaultDatabase).open();
    ({ db, bench } = opened);
    driver = await createBullmqQueue({ redisUrl: redis.url, prefix });
    env = { QUEUE: 'bullmq', REDIS_URL: redis.url, PREFIX: prefix, DATABASE_URL: opened.databaseUrl };
  });
  afterEach(async () => {
    await bench.close();
    await driver.close();
    await db.close();
  });

  test.each(['before', 'after'])(
    'a worker killed right %s it marks a letter delivered: another takes the job up',
    async (moment) => {
      const send = (letterId: string) => enqueue(driver.queue, letterDeliver, { letterId });
      expect(await bench.killDelivering('Redis', moment, env, send)).toEqual(allOnce(5));
    },
    LIMIT_MS,
  );

  test(
    'Redis is gone for 20 s and comes back empty, while ten letters are sent',
    async () => {
      await bench.startWorker(env);
      await redis.stop();
      const back = sleep(20_000).then(() => redis.start());
      const letters: string[] = [];
      let refused = 0;
      const sending = Array.from({ length: 10 }, async (_, nth) => {
        await sleep(nth * 1_500);
        const [letterId = ''] = await bench.writeLetters(1);
        letters.push(letterId);
        // As sending a letter does: it is stored already, and on its way.
        await enqueue(driver.queue, letterDeliver, { letterId }).catch(() => {
          refused += 1;
        });
      });
      await Promise.all([back, ...sending]);
      expect(refused).toBeGreaterThan(0);
      expect(await bench.settle(`Redis, 20 s away, ${refused} of 10 not enqueued`, letters)).toEqual(
        allOnce(10),
      );
    },
    LIMIT_MS,
  );

  test(
    'two workers, the same letter enqueued many times, poison among them, mail server away for a while',
    async () => {
      const letters = await bench.writeLetters(10);
      const poison = await driver.queue.add(letterDeliver.name, { letterId: 'poison' }, { attempts: 5 });
      await bench.smtp.stop();
      await Promise.all([bench.startWorker(env), bench.startWorker(env)]);
      for (const letterId of [...letters, ...letters, ...letters]) {
        // Without the deduplication id, as an engine that lost it would.
        await driver.queue.add(letterDeliver.name, { letterId }, { attempts: 5, backoff: 100 });
        await driver.queue.add(letterNotifyEmail.name, { letterId }, { attempts: 20, backoff: 500 });
      }
      await sleep(3000);
      await bench.smtp.start();
      expect(await bench.settle('Redis, everything many times', letters)).toEqual(allOnce(10));
      const { failedReason, attemptsMade } = (await driver.queue.getJob(poison.id ?? '')) ?? {};
      expect({ failedReason, attemptsMade }).toEqual({
        failedReason: 'The payload of letter.deliver has the wrong shape.',
        attemptsMade: 1,
      });
    },
    LIMIT_MS,
  );
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { createBullmqQueue } from '#server/queue/bullmq.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { allOnce } from '#tests/support/fault-bench.ts';
import { type FaultDatabase, startFaultDatabase } from '#tests/support/fault-database.ts';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';

const database = await startFaultDatabase('mail and texts away');
if (!hasRedisServer())
  console.log('faults: mail and texts away is skipped, there is no redis-server on PATH');
const redis = new RedisServer();
afterAll(async () => {
  await redis.stop();
  if (!('missing' in database)) await database.stop();
});

test.skipIf('missing' in database || !hasRedisServer())(
  'mail server and Twilio are down for a minute: letters arrive meanwhile, and everybody is told once by each',
  async () => {
    await redis.start();
    const { db, databaseUrl, bench } = await (database as FaultDatabase).open();
    const prefix = newId();
    const driver = await createBullmqQueue({ redisUrl: redis.url, prefix });
    await bench.wishForTexts();
    await bench.smtp.stop();
    bench.twilio.outage = { status: 503 };
    const minute = sleep(MINUTE);
    const env = { QUEUE: 'bullmq', REDIS_URL: redis.url, PREFIX: prefix, DATABASE_URL: databaseUrl };
    for (let workers = 0; workers < 2; workers += 1)
      await bench.startWorker({ ...env, TWILIO_URL: bench.twilio.url });
    const letters = await bench.writeLetters(10);
    for (const letterId of letters) await enqueue(driver.queue, letterDeliver, { letterId });
    await minute;
    const { letters: sent, delivered, toldOnce, toldMore } = await bench.count(letters);
    expect({ sent, delivered, told: toldOnce + toldMore }).toEqual({ sent: 10, delivered: 10, told: 0 });
    expect(bench.twilio.requests.length).toBeGreaterThan(letters.length);
    await bench.smtp.start();
    bench.twilio.outage = null;
    const counts = await bench.settle('mail and texts away for a minute', letters, {
      timeoutMs: 90_000,
      texts: true,
    });
    expect(counts).toEqual(allOnce(10));
    expect(bench.textedLetters()).toEqual(letters.toSorted());
    await bench.close();
    await driver.close();
    await db.close();
  },
  240_000,
);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#core/id.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { letterDeliver, letterNotifyEmail } from '#server/letters/letter.jobs.ts';
import { createBullmqQueue } from '#server/queue/bullmq.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { createQstashQueue } from '#server/queue/qstash.ts';
import type { QueueDriver } from '#server/queue/queue.ts';
import { startJongodb, type WireServer } from '#tests/support/database-jongodb.ts';
import { createFaultBench, type FaultBench } from '#tests/support/fault-bench.ts';
import { QstashServer } from '#tests/support/qstash-server.ts';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';

const LIMIT_MS = 120_000;
const wire = await startJongodb();
if ('missing' in wire) console.log(`faults: Redis and QStash are skipped, ${wire.missing}`);
if (!hasRedisServer()) console.log('faults: Redis is skipped, there is no redis-server on PATH');

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const all = (letters: number) => ({
  letters,
  delivered: letters,
  queued: 0,
  failed: 0,
  toldOnce: letters,
  toldMore: 0,
});

let db: Database;
let bench: FaultBench;

async function settled(what: string, letters: string[], timeoutMs = 60_000) {
  const counts = await bench.untilSettled(letters, timeoutMs);
  console.log(`${what}: ${JSON.stringify(counts)}`);
  return counts;
}

afterAll(async () => {
  if (!('missing' in wire)) await wire.stop();
});

/** An empty database of this test's own. */
async function openWire({ url }: WireServer): Promise<string> {
  const own = url.replace('/bff?', `/t${newId()}?`);
  db = await openDatabase({ databaseUrl: own, dataDir: '' });
  bench = await createFaultBench(db);
  return own;
}

describe.skipIf('missing' in wire || !hasRedisServer())('faults on Redis', () => {
  const redis = new RedisServer();
  let driver: QueueDriver;
  let env: Record<string, string>;

  beforeAll(() => redis.start());
  afterAll(() => redis.stop());
  beforeEach(async () => {
    const prefix = newId();
    const DATABASE_URL = await openWire(wire as WireServer);
    driver = await createBullmqQueue({ redisUrl: redis.url, prefix });
    env = { QUEUE: 'bullmq', REDIS_URL: redis.url, PREFIX: prefix, DATABASE_URL };
  });
  afterEach(async () => {
    await bench.close();
    await driver.close();
    await db.close();
  });

  test.each(['before', 'after'])(
    'a worker killed right %s it marks a letter delivered: another takes the job up',
    async (moment) => {
      const letters = await bench.writeLetters(5);
      const dying = await bench.startWorker({ ...env, CATCH: moment });
      for (const letterId of letters) await enqueue(driver.queue, letterDeliver, { letterId });
      expect(letters).toContain(await dying.caught);
      await dying.kill();
      await bench.startWorker(env);
      expect(await settled(`Redis, kill -9 ${moment} delivering`, letters)).toEqual(all(5));
    },
    LIMIT_MS,
  );

  test(
    'Redis is gone for 20 s and comes back empty, while ten letters are sent',
    async () => {
      await bench.startWorker(env);
      await redis.stop();
      const letters: string[] = [];
      let refused = 0;
      for (let letter = 0; letter < 10; letter += 1) {
        const [letterId = ''] = await bench.writeLetters(1);
        letters.push(letterId);
        // As sending a letter does: it is stored already, and on its way.
        await enqueue(driver.queue, letterDeliver, { letterId }).catch(() => {
          refused += 1;
        });
        await sleep(1000);
      }
      await sleep(8000);
      await redis.start();
      expect(refused).toBeGreaterThan(0);
      expect(await settled(`Redis, 20 s away, ${refused} of 10 not enqueued`, letters)).toEqual(all(10));
    },
    LIMIT_MS,
  );

  test(
    'two workers, the same letter enqueued many times, mail server away for a while',
    async () => {
      const letters = await bench.writeLetters(10);
      await bench.smtp.stop();
      await Promise.all([bench.startWorker(env), bench.startWorker(env)]);
      for (const letterId of [...letters, ...letters, ...letters]) {
        // Without the deduplication id, as an engine that lost it would.
        await driver.queue.add(letterDeliver.name, { letterId }, { attempts: 5, backoff: 100 });
        await driver.queue.add(letterNotifyEmail.name, { letterId }, { attempts: 20, backoff: 500 });
      }
      await sleep(3000);
      await bench.smtp.start();
      expect(await settled('Redis, everything many times', letters)).toEqual(all(10));
    },
    LIMIT_MS,
  );
});

describe.skipIf('missing' in wire)('faults on QStash', () => {
  let server: QstashServer;
  let driver: QueueDriver;
  let env: Record<string, string>;

  beforeEach(async () => {
    const DATABASE_URL = await openWire(wire as WireServer);
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
      DATABASE_URL,
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
      const letters = await bench.writeLetters(5);
      const dying = await bench.startWorker({ ...env, CATCH: moment });
      for (const letterId of letters) await enqueue(driver.queue, letterDeliver, { letterId });
      expect(letters).toContain(await dying.caught);
      await dying.kill();
      await bench.startWorker(env);
      expect(await settled(`QStash, kill -9 ${moment} delivering`, letters)).toEqual(all(5));
    },
    LIMIT_MS,
  );

  test(
    'every delivery comes five times at once, and the notice before the letter',
    async () => {
      server.copies = 5;
      await bench.startWorker(env);
      const letters = await bench.writeLetters(5);
      for (const letterId of letters) await enqueue(driver.queue, letterNotifyEmail, { letterId });
      for (const letterId of letters) await enqueue(driver.queue, letterDeliver, { letterId });
      expect(await settled('QStash, five of each and out of order', letters)).toEqual(all(5));
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
      expect(await settled('QStash, away while sending', letters)).toEqual(all(3));
      expect(server.deadLetters.map(({ answer }) => answer)).toEqual([
        '{"error":"The payload of letter.deliver has the wrong shape."}',
      ]);
    },
    LIMIT_MS,
  );
});

describe('faults in one process', () => {
  test.each(['before', 'after'])(
    'killed right %s it marks a letter delivered: it is swept up after the restart',
    async (moment) => {
      const DATA_DIR = await mkdtemp(join(tmpdir(), 'bff-faults-'));
      db = await openDatabase({ dataDir: DATA_DIR });
      bench = await createFaultBench(db);
      const letters = await bench.writeLetters(3);
      // The embedded store belongs to one process: ours makes room for the worker, and looks afterwards.
      await db.close();
      await sleep(11_000);
      const dying = await bench.startWorker({ DATA_DIR, CATCH: moment });
      expect(letters).toContain(await dying.caught);
      await dying.kill();
      const next = await bench.startWorker({ DATA_DIR });
      await untilMailed(3);
      await next.kill();
      db = await openDatabase({ dataDir: DATA_DIR });
      bench.reopened(db);
      expect(await settled(`one process, kill -9 ${moment} delivering`, letters, 0)).toEqual(all(3));
      await bench.close();
      await db.close();
      await rm(DATA_DIR, { recursive: true });
    },
    LIMIT_MS,
  );
});

async function untilMailed(count: number): Promise<void> {
  for (let turn = 0; turn < 600 && bench.smtp.received.length < count; turn += 1) await sleep(100);
  await sleep(1000);
}

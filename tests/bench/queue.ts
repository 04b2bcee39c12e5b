import { Queue as PlainQueue, Worker as PlainWorker } from 'bullmq';
import { Redis } from 'ioredis';
import { newId } from '#core/id.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { createBullmqQueue } from '#server/queue/bullmq.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { createMemoryQueue } from '#server/queue/memory.ts';
import type { QueueDriver } from '#server/queue/queue.ts';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';
import { type Figures, figuresOf, printHeader, printRow, ratio } from './measure.ts';

const jobs = 2000;
const single = 200;

/** One engine, stripped to what is measured. */
interface Engine {
  add(letterId: string): Promise<unknown>;
  /** Starts handling empty jobs; `done` is told each letter's id. Resolves to what stops it. */
  work(concurrency: number, done: (letterId: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

function ours(driver: QueueDriver): Engine {
  return {
    add: (letterId) => enqueue(driver.queue, letterDeliver, { letterId }),
    async work(concurrency, done) {
      const worker = driver.createWorker(async (job) => done((job.data as { letterId: string }).letterId), {
        concurrency,
      });
      return () => worker.close();
    },
    close: () => driver.close(),
  };
}

/** BullMQ as its documentation shows it, with the same options of a job. */
function plainBullmq(url: string): Engine {
  const connections: Redis[] = [];
  const connect = () => {
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    connections.push(connection);
    return connection;
  };
  const queue = new PlainQueue('plain', { connection: connect() });
  return {
    add: (letterId) => queue.add(letterDeliver.name, { letterId }, letterDeliver.options({ letterId })),
    async work(concurrency, done) {
      const handle = async (job: { data: { letterId: string } }) => done(job.data.letterId);
      const worker = new PlainWorker('plain', handle, { connection: connect(), concurrency });
      await worker.waitUntilReady();
      return () => worker.close();
    },
    async close() {
      await queue.close();
      for (const connection of connections) connection.disconnect();
    },
  };
}

/** Milliseconds to add a job, and from adding it until it is done, one at a time. */
async function latencies(engine: Engine): Promise<{ enqueue: Figures; delivery: Figures }> {
  const [adding, delivering]: [number[], number[]] = [[], []];
  let finished: (letterId: string) => void = () => {};
  const stop = await engine.work(1, (letterId) => finished(letterId));
  for (let n = -20; n < single; n += 1) {
    const letterId = newId();
    const handled = new Promise<void>((resolve) => {
      finished = (id) => {
        if (id === letterId) resolve();
      };
    });
    const started = performance.now();
    await engine.add(letterId);
    const added = performance.now();
    await handled;
    if (n < 0) continue;
    adding.push(added - started);
    delivering.push(performance.now() - started);
  }
  await stop();
  return { enqueue: figuresOf(adding), delivery: figuresOf(delivering) };
}

/** Milliseconds an engine takes to work off a full queue. */
async function drain(engine: Engine, concurrency: number): Promise<number> {
  const letters = Array.from({ length: jobs }, newId);
  for (let n = 0; n < jobs; n += 100)
    await Promise.all(letters.slice(n, n + 100).map((id) => engine.add(id)));
  let left = jobs;
  let finish = () => {};
  const all = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const started = performance.now();
  const stop = await engine.work(concurrency, () => {
    left -= 1;
    if (left === 0) finish();
  });
  await all;
  const took = performance.now() - started;
  await stop();
  return took;
}

const rounds = 5;

/** Latencies and throughput of the queue, ours on BullMQ beside plain BullMQ in turn. */
export async function benchQueue(): Promise<void> {
  const redis = hasRedisServer() ? await new RedisServer().start() : null;
  const engines: Record<string, Engine> = { memory: ours(createMemoryQueue()) };
  if (redis) {
    engines['BullMQ, ours'] = ours(await createBullmqQueue({ redisUrl: redis.url }));
    engines['BullMQ, plain'] = plainBullmq(redis.url);
  } else console.log('The queue on Redis: skipped, no redis-server on PATH.');

  printHeader('Queue, one job at a time');
  const payload = JSON.stringify({ letterId: newId() }).length;
  for (const [name, engine] of Object.entries(engines)) {
    const { enqueue: adding, delivery } = await latencies(engine);
    printRow(
      `${name}: enqueue`,
      adding,
      payload,
      payload < 200 ? 'aim under 200 bytes: met' : 'aim 200: missed',
    );
    printRow(`${name}: enqueue to done`, delivery, null);
  }
  printHeader(`Queue, ${jobs.toLocaleString('en')} empty jobs worked off`);
  for (const concurrency of [1, 8]) {
    const times: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, engine] of Object.entries(engines)) {
        times[name] = [...(times[name] ?? []), await drain(engine, concurrency)];
      }
    }
    const plain = figuresOf(times['BullMQ, plain'] ?? []).median;
    for (const [name, all] of Object.entries(times)) {
      const figures = figuresOf(all);
      const rate = `${Math.round((jobs / figures.median) * 1000).toLocaleString('en')}/s`;
      const beside = name === 'BullMQ, ours' ? `, ${ratio(figures, plain, 1.15)} plain` : '';
      printRow(`${name}: ${concurrency} at a time`, figures, null, rate + beside);
    }
  }
  for (const engine of Object.values(engines)) await engine.close();
  await redis?.stop();
}

if (import.meta.main) await benchQueue();

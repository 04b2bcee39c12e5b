import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '#core/id.ts';
import { createContainer } from '#server/container.ts';
import { readEnv } from '#server/env.ts';
import { acceptFriend } from '#server/friends/answer-request.ts';
import { requestFriend } from '#server/friends/request-friend.ts';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';
import { createWorker } from '#worker/create-worker.ts';
import { makePerson } from './bench-people.ts';
import { type Figures, figuresOf, printHeader, printRow } from './measure.ts';

const letters = 100;

/** Milliseconds from pressing send until the letter is delivered, with everything real in between. */
async function measureDelivery(queue: Record<string, string>): Promise<Figures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bff-bench-delivery-'));
  const env = readEnv({ DATA_DIR: dataDir, LOG_LEVEL: 'error', SEED_DEMO: 'false', ...queue });
  const container = await createContainer(env);
  const worker = createWorker(container.queueDriver, container);
  const [author, receiver] = [await makePerson(container, 'gamma'), await makePerson(container, 'delta')];
  const receiverUser = await container.stores.users.findById(receiver.actor.userId);
  if (receiverUser) await requestFriend(container, author.actor, receiverUser.friendCode);
  await acceptFriend(container, receiver.actor, 'gamma');

  let delivered: (id: string) => void = () => {};
  const { markDelivered } = container.stores.letters;
  container.stores.letters.markDelivered = async (id, at) => {
    const moved = await markDelivered(id, at);
    if (moved) delivered(id);
    return moved;
  };
  const times: number[] = [];
  for (let n = -5; n < letters; n += 1) {
    const letterId = newId();
    const arrived = new Promise<void>((resolve) => {
      delivered = (id) => {
        if (id === letterId) resolve();
      };
    });
    const body = 'A quiet sentence of a letter. '.repeat(60);
    const started = performance.now();
    await author.inClear.sendLetter({ letterId, to: 'delta', title: 'To measure', body });
    await arrived;
    if (n >= 0) times.push(performance.now() - started);
  }
  await worker.close();
  await container.close();
  await rm(dataDir, { recursive: true, force: true });
  return figuresOf(times);
}

/** From send to delivered on the queue in memory and on Redis. */
export async function benchDelivery(): Promise<void> {
  printHeader('From send to delivered, 2 KB');
  printRow('memory', await measureDelivery({}), null);
  if (!hasRedisServer()) return;
  const redis = await new RedisServer().start();
  printRow('Redis', await measureDelivery({ QUEUE_DRIVER: 'bullmq', REDIS_URL: redis.url }), null);
  await redis.stop();
}

if (import.meta.main) await benchDelivery();

import { afterAll, beforeAll, describe, test } from 'vitest';
import { newId } from '#core/id.ts';
import { createBullmqQueue } from '#server/queue/bullmq.ts';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';
import { describeQueue } from './queue-contract.ts';

if (hasRedisServer()) {
  console.log('queue contract: BullMQ runs on a redis-server of its own');
  const redis = new RedisServer();
  beforeAll(() => redis.start());
  afterAll(() => redis.stop());

  describeQueue('BullMQ', { priorities: true }, async () => {
    const driver = await createBullmqQueue({ redisUrl: redis.url, prefix: newId() });
    return {
      driver,
      moment: 60,
      realMoment: 60,
      interval: { every: 300, real: 300 },
      close: () => driver.close(),
    };
  });
} else {
  console.log('queue contract: BullMQ is skipped, there is no redis-server on PATH');
  describe.skip('the queue on BullMQ', () => test('needs redis-server on PATH', () => {}));
}

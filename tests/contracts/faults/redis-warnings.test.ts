import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasRedisServer, RedisServer } from '#tests/support/redis-server.ts';

/** A worker as an operator starts it, on a Redis that its library has something to say of. */
describe.skipIf(!hasRedisServer())('a worker on a Redis with faults', () => {
  let redis: RedisServer;
  let dataDir: string;
  beforeAll(async () => {
    redis = await new RedisServer().start();
    const client = new Redis(redis.url);
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    client.disconnect();
    dataDir = await mkdtemp(join(tmpdir(), 'bff-warnings-'));
  });
  afterAll(async () => {
    await redis.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('prints JSON lines alone: what BullMQ and ioredis warn of, and why it lost the connection', async () => {
    const { PATH = '' } = process.env;
    const url = redis.url.replace('redis://', 'redis://:SECRETPASSWORD@');
    const env: NodeJS.ProcessEnv = {
      PATH,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      QUEUE_DRIVER: 'bullmq',
      REDIS_URL: url,
    };
    const worker = spawn(process.execPath, ['worker/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const until = (text: string) =>
      vi.waitFor(() => expect(output).toContain(text), { timeout: 40_000, interval: 50 });
    try {
      await until('worker started');
      await until('Eviction policy is allkeys-lru');
      await until('does not require a password');
      await redis.stop();
      await until('ECONNREFUSED');
    } finally {
      worker.kill('SIGTERM');
      await ended;
    }
    const lines = output.split('\n').filter((line) => line !== '');
    const events = lines.map((line) => JSON.parse(line) as { event: string; text?: string });
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'queue trouble', text: expect.stringContaining('127.0.0.1') }),
    );
    expect(output).not.toContain('SECRETPASSWORD');
  });
});

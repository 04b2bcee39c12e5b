import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#server/db/client.ts';
import type { LogFields } from '#server/log.ts';
import type { Mail } from '#server/mail/mailer.ts';
import { createMemoryQueue } from '#server/queue/memory.ts';
import type { Timers } from '#server/queue/timers.ts';
import { createStores } from '#server/stores.ts';
import type { WorkerDeps } from '#worker/deps.ts';
import { createSamples } from './delivery-samples.ts';
import { createServerKeys } from './server-keys.ts';

/** A worker's surroundings on a real embedded store; mails are collected, and sending can be made to fail. */
export async function createWorkerBench(timers?: Timers) {
  const dataDir = await mkdtemp(join(tmpdir(), 'bff-worker-'));
  const db = await openDatabase({ dataDir });
  const driver = createMemoryQueue({ timers });
  const stores = createStores(db);
  const mails: Mail[] = [];
  const logged: { level: string; event: string; fields?: LogFields }[] = [];
  const faults: { mail?: Error | undefined } = {};
  const clock = { now: timers ? () => new Date(timers.now()) : () => new Date() };
  const deps: WorkerDeps = {
    stores,
    queue: driver.queue,
    mailer: {
      async send(mail) {
        if (faults.mail) throw faults.mail;
        mails.push(mail);
      },
    },
    sms: null,
    painter: null,
    serverKeys: await createServerKeys('a secret for tests, at least thirty-two characters'),
    log: {
      info: (event, fields) => logged.push({ level: 'info', event, fields }),
      error: (event, fields) => logged.push({ level: 'error', event, fields }),
    },
    now: () => clock.now(),
    env: { APP_URL: 'https://bff.example.test' },
  };

  const { addUser, addLetter } = createSamples(stores, deps.now);

  return {
    deps,
    driver,
    stores,
    mails,
    logged,
    faults,
    addUser,
    addLetter,
    async close() {
      await driver.close();
      await db.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export type WorkerBench = Awaited<ReturnType<typeof createWorkerBench>>;

/**
 * A worker as a process of its own, for tests that kill it. Settings come from the environment; it says `ready` once it
 * works, and `caught <letter id>` when it stands still in the middle of a delivery, to be killed there.
 */

import { openDatabase } from '#server/db/client.ts';
import { createLogger } from '#server/log.ts';
import { createSmtpMailer } from '#server/mail/smtp.ts';
import { createBullmqQueue } from '#server/queue/bullmq.ts';
import { createMemoryQueue } from '#server/queue/memory.ts';
import { createQstashQueue } from '#server/queue/qstash.ts';
import type { QueueDriver } from '#server/queue/queue.ts';
import { createTwilioSender } from '#server/sms/twilio.ts';
import { createStores } from '#server/stores.ts';
import { createWorker } from '#worker/create-worker.ts';
import { createJobsApp } from '#worker/http.ts';
import { serveFetch } from './serve-fetch.ts';
import { createServerKeys } from './server-keys.ts';
import { twilioAccount, twilioClient } from './twilio-server.ts';

const { env } = process;
const say = (line: string) => process.stdout.write(`${line}\n`);
const setting = (name: string): string => env[name] ?? '';
const log = createLogger('info', (line) => process.stderr.write(line));

async function openQueue(): Promise<QueueDriver> {
  switch (env.QUEUE) {
    case 'bullmq':
      return createBullmqQueue({ redisUrl: setting('REDIS_URL'), prefix: setting('PREFIX') });
    case 'qstash':
      return createQstashQueue({
        token: setting('QSTASH_TOKEN'),
        baseUrl: setting('QSTASH_URL'),
        workerUrl: setting('WORKER_URL'),
        keys: { current: setting('QSTASH_CURRENT'), next: setting('QSTASH_NEXT') },
        log,
      });
    default:
      return createMemoryQueue();
  }
}

const db = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: setting('DATA_DIR') });
const driver = await openQueue();
const stores = createStores(db);
const { letters } = stores;

/** Stands still right before or right after a letter is marked delivered. */
if (env.CATCH) {
  const { markDelivered } = letters;
  letters.markDelivered = async (...args) => {
    if (env.CATCH === 'after') await markDelivered(...args);
    say(`caught ${args[0]}`);
    return new Promise(() => {});
  };
}

const mailer = createSmtpMailer({ url: setting('SMTP_URL'), from: 'Project BFF <post@bff.example.test>' });
const serverKeys = await createServerKeys('a secret for tests, at least thirty-two characters');
const now = () => new Date();
const appUrl = 'https://bff.example.test';
const deps = {
  stores,
  queue: driver.queue,
  mailer,
  sms: env.TWILIO_URL
    ? createTwilioSender({ ...twilioAccount, httpClient: twilioClient(env.TWILIO_URL, 1000) })
    : null,
  painter: null,
  serverKeys,
  log,
  now,
  env: { APP_URL: appUrl },
};
if (driver.handle) await serveFetch(createJobsApp(driver).fetch, Number(setting('PORT')));
createWorker(driver, deps, { lockDuration: 1000, sweepEvery: driver.kind === 'qstash' ? 60_000 : 2000 });
say('ready');
// In life a server keeps the process going; the timers of a queue in memory don't.
setInterval(() => {}, 60_000);

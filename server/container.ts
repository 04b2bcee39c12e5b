import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLoopback } from '#core/is-loopback.ts';
import { loadAppSecret } from './crypto/app-secret.ts';
import { createArgon2Pool } from './crypto/argon2.ts';
import { createRingKeys } from './crypto/server-keys.ts';
import { type Database, openDatabase } from './db/client.ts';
import type { Deps } from './deps.ts';
import { type Env, EnvError } from './env.ts';
import type { LocalMail } from './http/load-context.ts';
import { openSecrets } from './installation/open-secrets.ts';
import { finishRotation } from './installation/rotate-secret.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { createLogger, describeError, type Logger } from './log.ts';
import { createLocalMailbox, type LocalMailbox } from './mail/local-mailbox.ts';
import { createSmtpMailer } from './mail/smtp.ts';
import { bodyMemory } from './memory/memory-budget.ts';
import { createSemaphore } from './memory/semaphore.ts';
import { createPhotoProcessor } from './photos/process-photo.ts';
import { createMemoryQueue } from './queue/memory.ts';
import type { QueueDriver } from './queue/queue.ts';
import { createLocalOutbox } from './sms/local-outbox.ts';
import type { SmsSender } from './sms/sms-sender.ts';
import { createTwilioSender } from './sms/twilio.ts';
import { createAnimimagine } from './stamps/animimagine.ts';
import { createStores } from './stores.ts';

/** The memory that concurrent key derivations may take together, or one large photo alone. */
const HEAVY_BYTES = 114_000_000;
/** The memory kept free of uploads while such a photo is decoded. */
const FREE_BYTES = 45_000_000;

/** The parts of a running installation. The only module that names adapters. */
export interface Container extends Deps {
  db: Database;
  queueDriver: QueueDriver;
  /**
   * The mails that would have been sent, newest first; null when they are sent, or other users
   * could read them here.
   */
  listLocalMails: (() => Promise<LocalMail[]>) | null;
  close(): Promise<void>;
}

type Replacements = Partial<Pick<Deps, 'argon2' | 'limits' | 'log' | 'now' | 'mailer' | 'sms' | 'photos'>>;

/**
 * Opens the database and connects the ports to the adapters that the environment selects.
 *
 * @throws when the database cannot be opened, or `DATA_DIR` belongs to another process.
 */
export async function createContainer(env: Env, replacements: Replacements = {}): Promise<Container> {
  const db = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
  try {
    const stores = createStores(db);
    const isNew = async () => !(await stores.installation.find()) && (await stores.users.isEmpty());
    const secret = await loadAppSecret(env.APP_SECRET, env.DATA_DIR, isNew);
    const ring = await openSecrets(stores.installation, secret, new Date());
    const serverKeys = await createRingKeys(ring);
    const log = replacements.log ?? createLogger(env.LOG_LEVEL);
    const accounts = await finishRotation(stores, ring).catch((error: unknown) => {
      log.error('rotation not gone on with', describeError(error));
      return 0;
    });
    if (accounts > 0) log.info('accounts on an earlier secret', { accounts });
    const queueDriver = await openQueue(env, log);
    const smtp = env.SMTP ? createSmtpMailer({ ...env.SMTP, ca: await readCa(env.SMTP.caFile) }) : null;
    const mailbox = createLocalMailbox({ dir: join(env.DATA_DIR, 'mailbox') });
    const semaphore = createSemaphore({ capacity: HEAVY_BYTES, maxWaiting: 100 });
    const photos =
      replacements.photos ??
      createPhotoProcessor({
        log,
        alone: (takes, work) =>
          semaphore(takes, async () => {
            const { release } = await bodyMemory.holdSoon(FREE_BYTES);
            return work().finally(release);
          }),
      });
    return {
      env,
      db,
      queueDriver,
      queue: queueDriver.queue,
      serverKeys,
      stores,
      mailer: smtp ?? mailbox,
      sms: smsSenderOf(env, mailbox),
      painter: env.STAMPS ? createAnimimagine(env.STAMPS) : null,
      argon2: createArgon2Pool({ semaphore }),
      photos,
      limits: createRateLimits(stores.tryCounts, serverKeys),
      now: () => new Date(),
      ...replacements,
      log,
      listLocalMails:
        smtp || !isLoopback(env.HOST)
          ? null
          : async () =>
              (await mailbox.listMailbox()).map(({ id, to, subject, text, sentAt }) => ({
                id,
                to,
                subject,
                text,
                sentAt: new Date(sentAt),
              })),
      close: async () => {
        photos.close();
        await queueDriver.close();
        await smtp?.close();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function readCa(file: string | undefined): Promise<string | undefined> {
  if (!file) return undefined;
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new EnvError('Wrong setting SMTP_CA: must be the path to a PEM certificate file. See .env.example.');
}

/** Opens the queue that `QUEUE_DRIVER` names. Loads its SDK only now. */
async function openQueue(env: Env, log: Logger): Promise<QueueDriver> {
  const { QUEUE } = env;
  switch (QUEUE.driver) {
    case 'memory':
      return createMemoryQueue();
    case 'bullmq': {
      const { createBullmqQueue } = await import('./queue/bullmq.ts');
      return createBullmqQueue({
        redisUrl: QUEUE.redisUrl,
        onError: (error) => log.error('queue trouble', describeError(error)),
      });
    }
    case 'qstash': {
      const { createQstashQueue } = await import('./queue/qstash.ts');
      return createQstashQueue({ ...QUEUE, log });
    }
  }
}

/** Offers no texts where they could not be read, not even in the local mailbox. */
function smsSenderOf({ TWILIO, SMTP, HOST }: Env, mailbox: LocalMailbox): SmsSender | null {
  if (TWILIO) return createTwilioSender(TWILIO);
  return !SMTP && isLoopback(HOST) ? createLocalOutbox(mailbox) : null;
}

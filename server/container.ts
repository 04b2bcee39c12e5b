import { join } from 'node:path';
import { createRetiredKeyStore } from './accounts/retired-key.store.ts';
import { createSessionStore } from './accounts/session.store.ts';
import { createTokenStore } from './accounts/token.store.ts';
import { createUserStore } from './accounts/user.store.ts';
import { loadAppSecret } from './crypto/app-secret.ts';
import { createArgon2Pool } from './crypto/argon2.ts';
import { createServerKeys } from './crypto/server-keys.ts';
import { type Database, openDatabase } from './db/client.ts';
import type { Deps } from './deps.ts';
import { createDraftStore } from './drafts/draft.store.ts';
import { type Env, isLoopback } from './env.ts';
import { createFeedbackStore } from './feedback/feedback.store.ts';
import { createFriendshipStore } from './friends/friendship.store.ts';
import type { LocalMail } from './http/load-context.ts';
import { createLetterStore } from './letters/letter.store.ts';
import { createReadingStore } from './letters/reading.store.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { createLogger } from './log.ts';
import { createLocalMailbox, type LocalMailbox } from './mail/local-mailbox.ts';
import { createMobileCodeStore } from './notifications/mobile-code.store.ts';
import { createNoticeStore } from './notifications/notice.store.ts';
import { createNoticeSettingsStore } from './notifications/notice-settings.store.ts';
import { createPhotoStore } from './photos/photo.store.ts';
import { createPhotoProcessor } from './photos/process-photo.ts';
import { createMemoryQueue } from './queue/memory.ts';
import type { QueueDriver } from './queue/queue.ts';
import { createLocalOutbox } from './sms/local-outbox.ts';
import type { SmsSender } from './sms/sms-sender.ts';
import { createTwilioSender } from './sms/twilio.ts';
import { createAnimimagine } from './stamps/animimagine.ts';
import { createStampIdeaStore } from './stamps/stamp-idea.store.ts';
import { createStampPictureStore } from './stamps/stamp-picture.store.ts';

/** Everything a running installation is made of. The only place that names adapters. */
export interface Container extends Deps {
  db: Database;
  queueDriver: QueueDriver;
  /** The mails that would have been sent, newest first. */
  listLocalMails(): Promise<LocalMail[]>;
  /** Closes queue and database; stop the worker and the server first. */
  close(): Promise<void>;
}

/** What a test or a benchmark may put in place of the real thing. */
export type Replacements = Partial<
  Pick<Deps, 'argon2' | 'limits' | 'log' | 'now' | 'mailer' | 'sms' | 'photos'>
>;

/**
 * Opens the database and connects the ports to their adapters, as the environment says.
 *
 * @throws when the database cannot be opened, or `DATA_DIR` belongs to another process.
 */
export async function createContainer(env: Env, replacements: Replacements = {}): Promise<Container> {
  const db = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir: env.DATA_DIR });
  try {
    const serverKeys = await createServerKeys(await loadAppSecret(env.APP_SECRET, env.DATA_DIR));
    const queueDriver = createMemoryQueue();
    const mailbox = createLocalMailbox({ dir: join(env.DATA_DIR, 'mailbox') });
    return {
      env,
      db,
      queueDriver,
      queue: queueDriver.queue,
      serverKeys,
      stores: {
        users: createUserStore(db),
        retiredKeys: createRetiredKeyStore(db),
        sessions: createSessionStore(db),
        tokens: createTokenStore(db),
        friendships: createFriendshipStore(db),
        letters: createLetterStore(db),
        readings: createReadingStore(db),
        drafts: createDraftStore(db),
        photos: createPhotoStore(db),
        feedback: createFeedbackStore(db),
        notices: createNoticeStore(db),
        noticeSettings: createNoticeSettingsStore(db),
        mobileCodes: createMobileCodeStore(db),
        stampIdeas: createStampIdeaStore(db),
        stampPictures: createStampPictureStore(db),
      },
      mailer: mailbox,
      sms: smsSenderOf(env, mailbox),
      painter: env.STAMPS ? createAnimimagine(env.STAMPS) : null,
      argon2: createArgon2Pool(),
      photos: createPhotoProcessor(),
      limits: createRateLimits(),
      log: createLogger(env.LOG_LEVEL),
      now: () => new Date(),
      ...replacements,
      listLocalMails: async () =>
        (await mailbox.listMailbox()).map(({ id, to, subject, text, sentAt }) => ({
          id,
          to,
          subject,
          text,
          sentAt: new Date(sentAt),
        })),
      close: async () => {
        await queueDriver.close();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Texts that nobody could read, not even in the local mailbox, are not offered. */
function smsSenderOf({ TWILIO, HOST }: Env, mailbox: LocalMailbox): SmsSender | null {
  if (TWILIO) return createTwilioSender(TWILIO);
  return isLoopback(HOST) ? createLocalOutbox(mailbox) : null;
}

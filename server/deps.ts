import type { Argon2id } from '#core/crypto/index.ts';
import type { RetiredKeyStore } from './accounts/retired-key.store.ts';
import type { SessionStore } from './accounts/session.store.ts';
import type { TokenStore } from './accounts/token.store.ts';
import type { UserStore } from './accounts/user.store.ts';
import type { ServerKeys } from './crypto/server-keys.ts';
import type { DraftStore } from './drafts/draft.store.ts';
import type { Env } from './env.ts';
import type { FeedbackStore } from './feedback/feedback.store.ts';
import type { FriendshipStore } from './friends/friendship.store.ts';
import type { LetterStore } from './letters/letter.store.ts';
import type { ReadingStore } from './letters/reading.store.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { Logger } from './log.ts';
import type { Mailer } from './mail/mailer.ts';
import type { MobileCodeStore } from './notifications/mobile-code.store.ts';
import type { NoticeStore } from './notifications/notice.store.ts';
import type { NoticeSettingsStore } from './notifications/notice-settings.store.ts';
import type { PhotoStore } from './photos/photo.store.ts';
import type { PhotoProcessor } from './photos/process-photo.ts';
import type { Queue } from './queue/queue.ts';
import type { SmsSender } from './sms/sms-sender.ts';
import type { StampIdeaStore } from './stamps/stamp-idea.store.ts';
import type { StampPainter } from './stamps/stamp-painter.ts';
import type { StampPictureStore } from './stamps/stamp-picture.store.ts';

export interface Stores {
  users: UserStore;
  retiredKeys: RetiredKeyStore;
  sessions: SessionStore;
  tokens: TokenStore;
  friendships: FriendshipStore;
  letters: LetterStore;
  readings: ReadingStore;
  drafts: DraftStore;
  photos: PhotoStore;
  feedback: FeedbackStore;
  notices: NoticeStore;
  noticeSettings: NoticeSettingsStore;
  mobileCodes: MobileCodeStore;
  stampIdeas: StampIdeaStore;
  stampPictures: StampPictureStore;
}

/** What a service may use: stores and ports, never an adapter. `container.ts` puts it together. */
export interface Deps {
  env: Env;
  stores: Stores;
  queue: Queue;
  mailer: Mailer;
  /** Null when this installation sends no text messages. */
  sms: SmsSender | null;
  /** Null when this installation has no picture service: every stamp is drawn. */
  painter: StampPainter | null;
  argon2: Argon2id;
  photos: PhotoProcessor;
  serverKeys: ServerKeys;
  limits: RateLimits;
  log: Logger;
  /** The clock; tests set their own. */
  now(): Date;
}

import type { Argon2id } from '#core/crypto/index.ts';
import type { ServerKeys } from './crypto/server-keys.ts';
import type { Env } from './env.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { Logger } from './log.ts';
import type { Mailer } from './mail/mailer.ts';
import type { PhotoProcessor } from './photos/process-photo.ts';
import type { Queue } from './queue/queue.ts';
import type { SmsSender } from './sms/sms-sender.ts';
import type { StampPainter } from './stamps/stamp-painter.ts';
import type { Stores } from './stores.ts';

export type { Stores } from './stores.ts';

/**
 * The dependencies of services: stores and ports, never an adapter. `container.ts` assembles them.
 */
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
  now(): Date;
}

import type { Bytes } from '#core/bytes.ts';
import { inSeconds } from '#core/durations.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { describeError } from '../log.ts';
import { createKeyedSemaphore } from '../memory/keyed-semaphore.ts';

const faultText =
  'We couldn’t read this photo just now; it’s not your fault. Your text is still here: please try the photo again in a moment.';

/**
 * Queues one photo per account at a time in the shared processor, so that one account delays others
 * by one photo.
 */
const ownTurns = createKeyedSemaphore({ permits: 1, maxWaiting: 8 * limits.photos });

/**
 * Prepares a photo for a user whose letters the server seals. Counts processor seconds by account,
 * one of them in advance, so that an exhausted account is refused before any work. Logs our own
 * faults; the user sees them as a refused photo.
 *
 * @throws PhotoRefused with a sentence for the user
 */
export async function prepareForUser(
  { actor, limits: rateLimits, log, photos }: Pick<Context, 'actor' | 'limits' | 'log' | 'photos'>,
  file: Bytes,
): Promise<PreparedPhoto> {
  if (!actor) throw new AppError('unauthenticated', 'Please log in first.');
  const count = (seconds: number) => rateLimits.count('photo seconds by account', actor.userId, seconds);
  let seconds = 0;
  try {
    await count(1);
    const done = await ownTurns.acquire(actor.userId);
    const charge = (cpuMs: number) => {
      seconds = Math.floor(inSeconds(cpuMs));
    };
    return await photos.processPhoto(file, charge).finally(done);
  } catch (error) {
    if (error instanceof AppError) throw new PhotoRefused(error.message);
    log.error('photo not prepared', describeError(error));
    throw new PhotoRefused(faultText);
  } finally {
    // An account over its limit now is refused at its next photo.
    if (seconds > 0) await count(seconds).catch(() => undefined);
  }
}

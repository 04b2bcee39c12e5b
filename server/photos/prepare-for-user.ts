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

/** One photo of an account at a time waits at the door of all accounts, so that the photos of one delay others by one. */
const ownTurns = createKeyedSemaphore({ permits: 1, maxWaiting: 8 * limits.photos });

/**
 * Prepares a photo for a user whose letters the server seals. Counts the processor's seconds by account, one before the
 * work, so that what is used up is refused without it. A fault of ours is logged, and costs the letter no more than a photo
 * that is refused.
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
    // What is too much from here on is told to the next one.
    if (seconds > 0) await count(seconds).catch(() => undefined);
  }
}

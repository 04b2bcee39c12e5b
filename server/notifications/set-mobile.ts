import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { mobileCodeSend } from './notification.jobs.ts';

const VALID_MS = 10 * MINUTE;
const TRIES = 5;

/**
 * Stores a number and texts a code to it. A new number is unconfirmed, and gets no other text until
 * the code is confirmed. Earlier codes stop working.
 *
 * @param mobile E.164
 * @throws {AppError} `too-many-requests`; `unavailable` when no texts can be sent
 */
export async function setMobile(ctx: Context, actor: Actor, mobile: string): Promise<void> {
  if (!ctx.sms) throw new AppError('unavailable', 'This site doesn’t send text messages.');
  const { userId } = actor;
  await ctx.limits.count('mobile code by address', ctx.clientAddress);
  await ctx.limits.count('mobile code by account', userId);
  // Limited by number, so that many accounts together cannot flood one phone.
  await ctx.limits.count('mobile code by number', await ctx.serverKeys.hashAddress(mobile));

  const createdAt = ctx.now();
  const requestId = newId();
  await ctx.stores.users.setMobile(userId, mobile);
  await ctx.stores.mobileCodes.request({
    id: userId,
    requestId,
    mobile,
    triesLeft: TRIES,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + VALID_MS),
  });
  try {
    await enqueue(ctx.queue, mobileCodeSend, { userId, requestId });
  } catch (error) {
    ctx.log.error('mobile code not enqueued', describeError(error));
    await ctx.stores.mobileCodes.delete(userId);
    throw new AppError(
      'unavailable',
      'We saved your number but can’t send a code right now. Ask for one in a few minutes.',
    );
  }
}

export async function removeMobile(ctx: Context, actor: Actor): Promise<void> {
  const { users, notificationSettings, mobileCodes } = ctx.stores;
  await users.setMobile(actor.userId, null);
  await notificationSettings.save(actor.userId, { verifiedMobile: null, sms: 'off' }, ctx.now());
  await mobileCodes.delete(actor.userId);
}

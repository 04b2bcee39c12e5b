import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { RequestEmailChangeInput } from '#core/schemas/email-change.ts';
import { countUnconfirmedMail } from '../accounts/count-unconfirmed-mail.ts';
import { provePassword } from '../accounts/prove-password.ts';
import type { Actor } from '../actor.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { emailChangeMail } from './email-change.jobs.ts';

export const changeLifetime = DAY;

/**
 * Mails both addresses to approve a change; replaces an earlier request. Does not reveal whether
 * the new address belongs to another user: only that user is notified, by mail, and the request
 * stays unanswered.
 *
 * @throws {AppError} `invalid-input` on `current` for a wrong password, on `email` for the present
 *   address; `unavailable` when no mail can be sent right now
 */
export async function requestEmailChange(
  ctx: Context,
  actor: Actor,
  input: RequestEmailChangeInput,
): Promise<void> {
  const user = await provePassword(ctx, actor, input.proof);
  if (user.email === input.email) {
    const message = 'That’s already your address.';
    throw new AppError('invalid-input', message, { fields: { email: message } });
  }
  await ctx.limits.count('e-mail change by account', user.id);
  // Limited by recipient, so that many accounts together cannot flood one mailbox.
  await countUnconfirmedMail(ctx, input.email);

  const requestId = newId();
  const createdAt = ctx.now();
  await ctx.stores.emailChanges.request({
    id: user.id,
    requestId,
    email: input.email,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + changeLifetime),
  });
  try {
    for (const side of ['new', 'old'] as const)
      await enqueue(ctx.queue, emailChangeMail, { userId: user.id, requestId, side });
  } catch (error) {
    ctx.log.error('e-mail change not enqueued', describeError(error));
    await ctx.stores.emailChanges.end(user.id, requestId);
    throw new AppError('unavailable', 'We can’t send email right now. Please try again in a few minutes.');
  }
  await recordEvent(ctx, user.id, 'email-change-asked', ctx);
}

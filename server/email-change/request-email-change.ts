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

/** A wish is good for so long, ms. */
export const changeLifetime = DAY;

/**
 * Asks both mailboxes whether an account's address may be another one; it takes the place of an earlier wish. Whether
 * somebody else has the address is not told here: its owner is, by mail, and the wish then stays without an answer.
 *
 * @throws {AppError} `invalid-input` on `current` for a wrong password, on `email` for the address that is there already;
 *   `unavailable` when no mail can be sent right now
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
  // Strangers' mailboxes are not for pestering, from however many accounts.
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

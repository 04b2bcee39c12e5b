import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { EmailChange } from './email-change.store.ts';

/**
 * Replaces the old address with the new one, if both sides approved in time. Idempotent, so it also
 * finishes an interrupted change.
 *
 * @returns whether the new address is in use now
 * @throws {AppError} `conflict` when another user verified the address in the meantime; drops the
 *   request.
 */
export async function finishEmailChange(ctx: Context, change: EmailChange): Promise<boolean> {
  const { id: userId, requestId, email, newAgreedAt, oldAgreedAt } = change;
  if (!newAgreedAt || !oldAgreedAt) return false;
  const user = await ctx.stores.users.findById(userId);
  if (!user) return false;
  const outcome =
    user.email === email
      ? 'gone'
      : await ctx.stores.users.changeEmail(userId, user.email, email, newAgreedAt);
  // A reset link mailed to the old address must not work for its next owner.
  if (outcome !== 'taken') await ctx.stores.tokens.deleteByUser(userId, 'reset-password');
  await ctx.stores.emailChanges.end(userId, requestId);
  if (outcome === 'taken') {
    throw new AppError('conflict', 'Another account confirmed this address first, so yours hasn’t changed.');
  }
  if (outcome === 'changed') await recordEvent(ctx, userId, 'email-changed', ctx);
  return true;
}

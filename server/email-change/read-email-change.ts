import type { Actor } from '../actor.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';
import { finishEmailChange } from './finish-email-change.ts';

export interface WaitingChange {
  email: string;
  newAgreed: boolean;
  oldAgreed: boolean;
  bounced: boolean;
  expiresAt: Date;
}

export async function readEmailChange(
  ctx: Context,
  actor: Actor,
): Promise<{ email: string; waiting: WaitingChange | null }> {
  const change = await ctx.stores.emailChanges.find(actor.userId);
  // Both sides had approved, and the change was interrupted.
  if (change) await finishEmailChange(ctx, change);
  const both = change?.newAgreedAt && change.oldAgreedAt;
  const email = (await ctx.stores.users.findById(actor.userId))?.email ?? '';
  if (!change || both || change.expiresAt <= ctx.now()) return { email, waiting: null };
  const { newAgreedAt, oldAgreedAt, bouncedAt, expiresAt } = change;
  const bounced = bouncedAt !== null;
  const waiting = { newAgreed: newAgreedAt !== null, oldAgreed: oldAgreedAt !== null, bounced, expiresAt };
  return { email, waiting: { email: change.email, ...waiting } };
}

/** Cancels the change and invalidates both links; repeating it changes nothing. */
export async function cancelEmailChange(ctx: Context, actor: Actor): Promise<void> {
  const change = await ctx.stores.emailChanges.find(actor.userId);
  if (!change || !(await ctx.stores.emailChanges.end(actor.userId, change.requestId))) return;
  await recordEvent(ctx, actor.userId, 'email-change-cancelled', ctx);
}

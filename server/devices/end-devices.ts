import { recordEvent } from '../audit/record-event.ts';
import type { Actor, Context } from '../context.ts';

/** Ends the log-in on one device at once. One that is over already, or somebody else's, changes nothing. */
export async function endDevice(ctx: Context, actor: Actor, id: string): Promise<void> {
  if (await ctx.stores.sessions.end(id, actor.userId))
    await recordEvent(ctx, actor.userId, 'device-ended', ctx);
}

/**
 * Ends the log-ins on all devices but the one that asks.
 *
 * @returns how many
 */
export async function endOtherDevices(ctx: Context, actor: Actor): Promise<{ ended: number }> {
  const ended = await ctx.stores.sessions.deleteByUser(actor.userId, actor.sessionId);
  if (ended > 0) await recordEvent(ctx, actor.userId, 'other-devices-ended', ctx);
  return { ended };
}

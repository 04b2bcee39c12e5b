import { nextChange } from '../accounts/credentials.ts';
import { nameDevice } from '../accounts/known-device.ts';
import type { Actor } from '../actor.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';

/** Logs one device out at once. Does nothing for a session that is over or another user's. */
export async function endDevice(ctx: Context, actor: Actor, id: string): Promise<void> {
  if (await ctx.stores.sessions.end(id, actor.userId))
    await recordEvent(ctx, actor.userId, 'device-ended', ctx);
}

/**
 * Logs out all devices but this one and forgets all known devices: their next login counts as a new
 * device.
 *
 * @returns how many, and the new device name of this one
 */
export async function endOtherDevices(
  ctx: Context,
  actor: Actor,
): Promise<{ ended: number; device: string }> {
  const { users, sessions } = ctx.stores;
  const user = await users.findById(actor.userId);
  const since = nextChange({ credentialsSince: user?.credentialsSince ?? null }, ctx.now());
  await users.forgetDevices(actor.userId, since);
  const ended = await sessions.deleteByUser(actor.userId, actor.sessionId);
  if (ended > 0) await recordEvent(ctx, actor.userId, 'other-devices-ended', ctx);
  return { ended, device: await nameDevice(ctx, { id: actor.userId, credentialsSince: since }) };
}

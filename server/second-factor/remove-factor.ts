import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { announceChange, authoriseChange, type ChangeProof } from './authorise-change.ts';
import { changeFactor } from './change-factor.ts';
import { factorsOf } from './factors-of.ts';

/**
 * Removes the authenticator app. Removing the last second factor removes the one-time codes, too.
 *
 * @throws {AppError} as {@link authoriseChange}; `not-found` when there is none.
 */
export async function removeApp(ctx: Context, actor: Actor, proof: ChangeProof): Promise<void> {
  const { factor } = await factorsOf(ctx, actor.userId);
  if (!factor.totpSecret) throw new AppError('not-found', 'You have no authenticator app to remove.');
  await authoriseChange(ctx, actor, proof);
  const fields = {
    totpSecret: null,
    totpSince: null,
    totpStep: null,
    pendingSecret: null,
    pendingUntil: null,
  };
  await changeFactor(ctx, actor.userId, () => ({ result: null, fields }));
  await forgetUselessCodes(ctx, actor.userId);
  await announceChange(ctx, actor, 'totp-removed');
}

/**
 * Removes a passkey. Removing the last second factor removes the one-time codes, too.
 *
 * @throws {AppError} as {@link authoriseChange}; `not-found` when this user has no such passkey.
 */
export async function removePasskey(
  ctx: Context,
  actor: Actor,
  { id, ...proof }: ChangeProof & { id: string },
): Promise<void> {
  const { passkeys } = await factorsOf(ctx, actor.userId);
  if (!passkeys.some((passkey) => passkey.id === id)) throw noSuchPasskey();
  await authoriseChange(ctx, actor, proof);
  await ctx.stores.passkeys.delete(actor.userId, id);
  await forgetUselessCodes(ctx, actor.userId);
  await announceChange(ctx, actor, 'passkey-removed');
}

export function noSuchPasskey(): AppError {
  return new AppError('not-found', 'We can’t find this passkey.');
}

async function forgetUselessCodes(ctx: Context, userId: string): Promise<void> {
  const { on } = await factorsOf(ctx, userId);
  if (on) return;
  await changeFactor(ctx, userId, () => ({ result: null, fields: { codeMacs: [], codesSince: null } }));
}

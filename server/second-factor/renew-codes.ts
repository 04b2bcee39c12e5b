import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { announceChange, authoriseChange, type ChangeProof } from './authorise-change.ts';
import { changeFactor } from './change-factor.ts';
import { factorsOf } from './factors-of.ts';
import { newOneTimeCodes } from './one-time-codes.ts';

/**
 * Creates ten new one-time codes; the old ones stop working.
 *
 * @returns the codes, shown only this once
 * @throws {AppError} as {@link authoriseChange}; `conflict` without a second factor.
 */
export async function renewCodes(
  ctx: Context,
  actor: Actor,
  proof: ChangeProof,
): Promise<{ codes: string[] }> {
  const { on } = await factorsOf(ctx, actor.userId);
  if (!on)
    throw new AppError(
      'conflict',
      'Set up an authenticator app or a passkey first, then you’ll get one-time codes.',
    );
  await authoriseChange(ctx, actor, proof);
  const { codes, macs } = await newOneTimeCodes(ctx.serverKeys, actor.userId);
  const fields = { codeMacs: macs, codesSince: ctx.now() };
  await changeFactor(ctx, actor.userId, () => ({ result: null, fields }));
  await announceChange(ctx, actor, 'codes-renewed');
  return { codes };
}

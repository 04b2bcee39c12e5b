import { type Bytes, randomBytes } from '#core/bytes.ts';
import { MINUTE } from '#core/durations.ts';
import { withSecret } from '#core/with-secret.ts';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { announceChange, authoriseChange, type ChangeProof } from './authorise-change.ts';
import { changeFactor } from './change-factor.ts';
import { factorsOf } from './factors-of.ts';
import { newOneTimeCodes } from './one-time-codes.ts';
import { codeRefused } from './spend-code.ts';
import { TOTP_SECRET_BYTES, totpSetup, totpStepOf } from './totp.ts';

const PENDING = 30 * MINUTE;

/**
 * Creates a secret for an authenticator app. It counts only once a code of it is confirmed; an app
 * that is set up already keeps working until then.
 *
 * @throws {AppError} as {@link authoriseChange}
 */
export async function beginApp(ctx: Context, actor: Actor, proof: ChangeProof): Promise<void> {
  await authoriseChange(ctx, actor, proof);
  const pendingSecret = await ctx.serverKeys.sealTotpSecret(actor.userId, randomBytes(TOTP_SECRET_BYTES));
  const pendingUntil = new Date(ctx.now().getTime() + PENDING);
  await changeFactor(ctx, actor.userId, () => ({ result: null, fields: { pendingSecret, pendingUntil } }));
}

/**
 * Returns the secret to set the app up with, or null when none is pending. `uri` is for a QR code,
 * `text` for typing.
 */
export async function readPendingApp(
  ctx: Context,
  actor: Actor,
): Promise<{ uri: string; text: string } | null> {
  const secret = await pendingSecretOf(ctx, actor.userId, await ctx.stores.secondFactors.find(actor.userId));
  if (!secret) return null;
  return totpSetup(secret, { issuer: 'Project BFF', label: actor.username });
}

/**
 * Turns the app on, given a code of it.
 *
 * @returns ten one-time codes, shown only this once, when this is the first second factor; else
 *   null, and the user's codes stay valid
 * @throws {AppError} `invalid-input` on `code` when it is wrong; `conflict` when no secret is
 *   pending.
 */
export async function confirmApp(
  ctx: Context,
  actor: Actor,
  code: string,
): Promise<{ codes: string[] | null }> {
  const { on } = await factorsOf(ctx, actor.userId);
  const fresh = on ? null : await newOneTimeCodes(ctx.serverKeys, actor.userId);
  await changeFactor(ctx, actor.userId, async (factor) => {
    const secret = await pendingSecretOf(ctx, actor.userId, factor);
    if (!secret || !factor.pendingSecret) {
      throw new AppError('conflict', 'This was already confirmed, or took too long. Start again.');
    }
    const step = await withSecret(secret, () =>
      totpStepOf(secret, code.replace(/[\s\p{Pd}]/gu, ''), ctx.now()),
    );
    if (step === null) {
      throw codeRefused(
        'That’s not the code. Check that your phone’s clock is right, then enter the code it shows now.',
      );
    }
    return {
      result: null,
      fields: {
        totpSecret: factor.pendingSecret,
        totpSince: ctx.now(),
        totpStep: step,
        pendingSecret: null,
        pendingUntil: null,
        ...(fresh && { codeMacs: fresh.macs, codesSince: ctx.now() }),
      },
    };
  });
  await announceChange(ctx, actor, 'totp-added');
  return { codes: fresh?.codes ?? null };
}

export async function cancelApp(ctx: Context, actor: Actor): Promise<void> {
  const fields = { pendingSecret: null, pendingUntil: null };
  await changeFactor(ctx, actor.userId, ({ pendingSecret }) =>
    pendingSecret ? { result: null, fields } : { result: null },
  );
}

async function pendingSecretOf(
  ctx: Context,
  userId: string,
  { pendingSecret, pendingUntil }: { pendingSecret: Bytes | null; pendingUntil: Date | null },
): Promise<Bytes | null> {
  if (!pendingSecret || !pendingUntil || pendingUntil <= ctx.now()) return null;
  return ctx.serverKeys.openTotpSecret(userId, pendingSecret);
}

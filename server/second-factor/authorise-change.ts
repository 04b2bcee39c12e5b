import type { PasswordProof } from '#core/schemas/accounts.ts';
import type { PasskeyAnswer } from '#core/schemas/second-factor.ts';
import { provePassword } from '../accounts/prove-password.ts';
import { requestAccountMail } from '../accounts/request-account-mail.ts';
import type { Actor } from '../actor.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';
import { passkeyLogInOptions, verifyPasskey } from './passkey-ceremonies.ts';
import { keepQuestion, takeQuestion } from './passkey-questions.ts';
import type { PasskeyOptions } from './relying-party.ts';
import { requireCode } from './require-code.ts';
import { placeOf } from './spend-code.ts';

type FactorEvent = 'totp-added' | 'totp-removed' | 'codes-renewed' | 'passkey-added' | 'passkey-removed';

/**
 * What proves that a change of the second factor is made by the owner: the password and, once there is a second
 * factor, a code or the answer of a passkey.
 */
export interface ChangeProof {
  proof: PasswordProof;
  code?: string | undefined;
  passkey?: PasskeyAnswer | undefined;
}

/**
 * Guards changes to how an account is entered against somebody who merely finds it open on a device.
 *
 * @throws {AppError} `invalid-input` on `current` for a wrong password, on `code` for a missing or wrong code, on
 *   `passkey` for an invalid answer to {@link askForChange}.
 */
export async function authoriseChange(
  ctx: Context,
  actor: Actor,
  { proof, code, passkey }: ChangeProof,
): Promise<void> {
  await provePassword(ctx, actor, proof);
  if (passkey) await requirePasskey(ctx, actor, passkey);
  else await requireCode(ctx, actor.userId, code, ctx);
}

async function requirePasskey(ctx: Context, { userId }: Actor, answer: PasskeyAnswer): Promise<void> {
  const place = placeOf(userId, ctx);
  await ctx.limits.count('second factor from a place', place);
  await verifyPasskey(ctx, userId, await takeQuestion(ctx, userId, 'use'), answer);
  await ctx.limits.forget('second factor from a place', place);
}

/** What the browser is to ask a passkey for before a change; an earlier question is worth nothing from here on. */
export async function askForChange(ctx: Context, { userId }: Actor): Promise<PasskeyOptions> {
  const options = await passkeyLogInOptions(ctx, await ctx.stores.passkeys.listByUser(userId));
  await keepQuestion(ctx, userId, 'use', options.challenge);
  return options;
}

/** Tells the owner, in the trail and by mail, that the way in was changed. */
export async function announceChange(ctx: Context, actor: Actor, kind: FactorEvent): Promise<void> {
  await recordEvent(ctx, actor.userId, kind, ctx);
  await requestAccountMail(ctx, actor.userId, 'second-factor-changed');
}

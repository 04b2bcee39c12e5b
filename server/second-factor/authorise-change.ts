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
import { clientKeyOf } from './spend-code.ts';

type FactorEvent = 'totp-added' | 'totp-removed' | 'codes-renewed' | 'passkey-added' | 'passkey-removed';

/**
 * The owner's proof for changing the second factor: the password and, once there is a second
 * factor, a code or a passkey's answer.
 */
export interface ChangeProof {
  proof: PasswordProof;
  code?: string | undefined;
  passkey?: PasskeyAnswer | undefined;
}

/**
 * Guards changes to how an account is accessed against a stranger at an unlocked device.
 *
 * @throws {AppError} `invalid-input` on `current` for a wrong password, on `code` for a missing or
 *   wrong code, on `passkey` for an invalid answer to {@link askForChange}.
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
  const clientKey = clientKeyOf(userId, ctx);
  await ctx.limits.count('second factor from a place', clientKey);
  await verifyPasskey(ctx, userId, await takeQuestion(ctx, userId, 'use'), answer);
  await ctx.limits.forget('second factor from a place', clientKey);
}

/**
 * Creates the browser's options for asking a passkey before a change; replaces an earlier
 * challenge.
 */
export async function askForChange(ctx: Context, { userId }: Actor): Promise<PasskeyOptions> {
  const options = await passkeyLogInOptions(ctx, await ctx.stores.passkeys.listByUser(userId));
  await keepQuestion(ctx, userId, 'use', options.challenge);
  return options;
}

/** Notifies the owner, in the activity list and by mail, of a changed second factor. */
export async function announceChange(ctx: Context, actor: Actor, kind: FactorEvent): Promise<void> {
  await recordEvent(ctx, actor.userId, kind, ctx);
  await requestAccountMail(ctx, actor.userId, 'second-factor-changed');
}

import type { PasswordProof } from '#core/schemas/accounts.ts';
import { provePassword } from '../accounts/prove-password.ts';
import { requestAccountMail } from '../accounts/request-account-mail.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Actor, Context } from '../context.ts';
import { requireCode } from './require-code.ts';

type FactorEvent = 'totp-added' | 'totp-removed' | 'codes-renewed' | 'passkey-added' | 'passkey-removed';

/** What shows that a change of the second factor is its owner's: the password, and a code once there is a second factor. */
export interface ChangeProof {
  proof: PasswordProof;
  code?: string | undefined;
}

/**
 * Lets nobody change how an account is entered who has found it open on somebody's device.
 *
 * @throws {AppError} `invalid-input` on `current` for a wrong password, on `code` for a missing or wrong code.
 */
export async function authoriseChange(
  ctx: Context,
  actor: Actor,
  { proof, code }: ChangeProof,
): Promise<void> {
  await provePassword(ctx, actor, proof);
  await requireCode(ctx, actor.userId, code, ctx);
}

/** Tells the owner, in the trail and by mail, that the way in was changed. */
export async function announceChange(ctx: Context, actor: Actor, kind: FactorEvent): Promise<void> {
  await recordEvent(ctx, actor.userId, kind, ctx);
  await requestAccountMail(ctx, actor.userId, 'second-factor-changed');
}

import type { PasskeyAnswer } from '#core/schemas/second-factor.ts';
import { withSecret } from '#core/with-secret.ts';
import type { User } from '../accounts/user.store.ts';
import type { Context } from '../context.ts';
import { factorsOf } from '../second-factor/factors-of.ts';
import { passkeyLogInOptions, verifyPasskey } from '../second-factor/passkey-ceremonies.ts';
import { type PasskeyOptions, passkeysWorkAt } from '../second-factor/relying-party.ts';
import { clientKeyOf, spendCode } from '../second-factor/spend-code.ts';
import { type Admission, completeLogIn } from './complete-log-in.ts';
import { type SealedAdmission, withKeys } from './log-in-sealed.ts';
import type { PasswordProof } from './password-proof.ts';
import type { PendingLogIn } from './pending-log-in.store.ts';
import { consumePendingLogIn, findPendingLogIn, spendTry } from './pending-log-in.ts';

export interface Wanted {
  username: string;
  mode: PendingLogIn['mode'];
  app: boolean;
  codes: boolean;
  passkeys: boolean;
}

/** @throws {AppError} `unauthenticated` when the login is over. */
export async function readWanted(ctx: Context, challenge: string): Promise<Wanted> {
  const { pending, user } = await findPendingLogIn(ctx, challenge);
  const { factor, passkeys } = await factorsOf(ctx, user.id);
  return {
    username: user.username,
    mode: pending.mode,
    app: factor.totpSecret !== null,
    codes: factor.codeMacs.length > 0,
    passkeys: passkeys.length > 0 && passkeysWorkAt(ctx.env.APP_URL),
  };
}

/**
 * Completes a login with a code.
 *
 * @throws {AppError} `invalid-input` on `code` for a wrong or used one; `unauthenticated` when the
 *   login is over.
 */
export async function giveCode(
  ctx: Context,
  { challenge, code }: { challenge: string; code: string },
): Promise<Admission | SealedAdmission> {
  const { pending, user } = await findPendingLogIn(ctx, challenge);
  await spendTry(ctx, pending);
  await spendCode(ctx, user.id, code, ctx);
  return finish(ctx, challenge, pending, user);
}

/** Creates the browser's options for asking a passkey; replaces an earlier challenge. */
export async function askForPasskey(ctx: Context, challenge: string): Promise<PasskeyOptions> {
  const { pending, user } = await findPendingLogIn(ctx, challenge);
  const options = await passkeyLogInOptions(ctx, await ctx.stores.passkeys.listByUser(user.id));
  await ctx.stores.pendingLogIns.setPasskeyChallenge(pending.id, options.challenge);
  return options;
}

/**
 * Completes a login with a passkey.
 *
 * @throws {AppError} `invalid-input` on `passkey` when it is not this user's, or did not sign the
 *   challenge; `unauthenticated` when the login is over.
 */
export async function givePasskey(
  ctx: Context,
  { challenge, answer }: { challenge: string; answer: PasskeyAnswer },
): Promise<Admission | SealedAdmission> {
  const { pending, user } = await findPendingLogIn(ctx, challenge);
  await ctx.limits.count('second factor from a place', clientKeyOf(user.id, ctx));
  await spendTry(ctx, pending);
  const asked = (await ctx.stores.pendingLogIns.takePasskeyChallenge(pending))
    ? pending.passkeyChallenge
    : null;
  await verifyPasskey(ctx, user.id, asked, answer);
  await ctx.limits.forget('second factor from a place', clientKeyOf(user.id, ctx));
  return finish(ctx, challenge, pending, user);
}

async function finish(
  ctx: Context,
  challenge: string,
  pending: PendingLogIn,
  user: User,
): Promise<Admission | SealedAdmission> {
  const opened = await consumePendingLogIn(ctx, challenge, pending);
  const enter = async (proven: PasswordProof) => {
    // The browser gets a new session, so end any it had, against session fixation.
    if (ctx.actor) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
    return completeLogIn(ctx, user, proven, ctx);
  };
  if (opened) return withSecret(opened, (masterKey) => enter({ mode: 'assisted', masterKey }));
  return withKeys(ctx, user, await enter({ mode: 'sealed' }));
}

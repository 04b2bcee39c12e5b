import type { SealedAccount } from '#core/accounts/sealed-account.ts';
import { type Bytes, equalBytes } from '#core/bytes.ts';
import { isWeakerKdf } from '#core/crypto/index.ts';
import { MINUTE } from '#core/durations.ts';
import type {
  ChangePasswordSealedInput,
  RenewRecoveryPhraseSealedInput,
} from '#core/schemas/sealed-accounts.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { keepNewPassword, storeNewPhrase } from './change-password.ts';
import { keepPassword, keepRecovery } from './make-key-records.ts';
import { kdfParamsOf } from './password-kdf.ts';
import { provePassword } from './prove-password.ts';
import { requestAccountMail } from './request-account-mail.ts';
import { sealedAccount } from './sealed-account.ts';
import { isOnPastSecret, secretVersionOf } from './secret-version.ts';
import type { StartedSession } from './start-session.ts';

/**
 * Returns the wrapped master key for the browser to wrap again, since the keys it holds are not
 * extractable.
 *
 * @throws {AppError} `invalid-input` on `current` when the password is wrong.
 */
export async function openKeys(
  deps: Deps,
  actor: Actor,
  { proof }: { proof: { authKey: Bytes } },
): Promise<SealedAccount> {
  return sealedAccount(deps, await provePassword(deps, actor, proof));
}

/**
 * Stores a new password that was sealed in the browser. Logs out every other device, continues this
 * one in a new session and mails the owner.
 *
 * @throws {AppError} `invalid-input` on `current` when the current password is wrong.
 */
export async function changePasswordSealed(
  deps: Deps,
  actor: Actor,
  input: ChangePasswordSealedInput,
): Promise<StartedSession> {
  const user = await provePassword(deps, actor, input.proof);
  return keepNewPassword(deps, actor, user, await keepPassword(deps, secretVersionOf(user), input.password));
}

const upgradeWindow = 10 * MINUTE;

/**
 * Stores the same password under today's cost and secret, after a login found weaker ones. Logs
 * nobody out.
 *
 * The server cannot tell whether it is the same password: it sees a key of the old one and a key
 * that may come from any. So this is allowed only right after a login, once, from a weaker cost or
 * an earlier secret to today's, and the owner is notified as of any other change. If only the
 * secret differs, salt and key must stay.
 *
 * @throws {AppError} as {@link changePasswordSealed}; `conflict` when the password is up to date
 *   already or another login was first; `forbidden` in a session that did not just begin.
 */
export async function upgradePasswordSealed(
  deps: Deps,
  actor: Actor,
  input: ChangePasswordSealedInput,
): Promise<void> {
  if (deps.now().getTime() - actor.loggedInAt.getTime() > upgradeWindow)
    throw new AppError('forbidden', 'This happens only at login. Log out, then log in again.');
  const user = await provePassword(deps, actor, input.proof);
  const usual = secretVersionOf(user);
  const { salt, authKey, secretVersion } = input.password;
  const isSame = equalBytes(salt, user.kdfSalt) && equalBytes(authKey, input.proof.authKey);
  const renews = isSame && isOnPastSecret(deps, user) && secretVersion === deps.serverKeys.version;
  const better = renews || isWeakerKdf(kdfParamsOf(user), input.password.params);
  const upgraded =
    better &&
    (await deps.stores.users.upgradePasswordKeys(user, await keepPassword(deps, usual, input.password)));
  if (!upgraded) throw new AppError('conflict', 'This password is already protected with today’s settings.');
  await requestAccountMail(deps, user.id, 'password-strengthened');
}

/**
 * Stores new recovery words that were made in the browser; the old ones stop working at once.
 *
 * @throws {AppError} `invalid-input` on `current` when the password is wrong.
 */
export async function renewRecoveryPhraseSealed(
  deps: Deps,
  actor: Actor,
  input: RenewRecoveryPhraseSealedInput,
): Promise<void> {
  const user = await provePassword(deps, actor, input.proof);
  await storeNewPhrase(deps, user, await keepRecovery(deps, input.recovery));
}

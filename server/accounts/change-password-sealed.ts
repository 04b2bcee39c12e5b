import type { SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import type { ChangePasswordSealedInput, RenewWordsSealedInput } from '#core/schemas/sealed-accounts.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { sealedAccount } from './log-in-sealed.ts';
import { keepPassword, keepRecovery } from './make-key-records.ts';
import { provePassword } from './prove-password.ts';
import { requestAccountMail } from './request-account-mail.ts';
import type { StartedSession } from './start-session.ts';

/**
 * Hands out the wrapped master key once more, to be locked anew in the browser: what it holds cannot be taken out again.
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
 * Keeps a new password that was sealed in the browser; every other device is logged out, this one
 * goes on in a new session, and a mail says so.
 *
 * @throws {AppError} `invalid-input` on `current` when the password now is wrong.
 */
export async function changePasswordSealed(
  deps: Deps,
  actor: Actor,
  input: ChangePasswordSealedInput,
): Promise<StartedSession> {
  const user = await provePassword(deps, actor, input.proof);
  await deps.stores.users.setPasswordKeys(user.id, await keepPassword(deps, input.password));
  await deps.stores.sessions.deleteByUser(user.id, actor.sessionId);
  const renewed = await actor.renewSession();
  await requestAccountMail(deps, user.id, 'password-changed');
  return renewed;
}

/**
 * Keeps the same password under today's cost, after a log-in found it weaker. Nobody is logged out.
 *
 * @throws {AppError} as {@link changePasswordSealed}; `conflict` when it is as strong as today's already.
 */
export async function upgradePasswordSealed(
  deps: Deps,
  actor: Actor,
  input: ChangePasswordSealedInput,
): Promise<void> {
  const user = await provePassword(deps, actor, input.proof);
  const { memoryKiB, iterations } = input.password.params;
  if (user.kdfMemoryKiB >= memoryKiB && user.kdfIterations >= iterations)
    throw new AppError('conflict', 'This password is kept at today’s strength already.');
  await deps.stores.users.setPasswordKeys(user.id, await keepPassword(deps, input.password));
}

/**
 * Keeps new recovery words that were made in the browser; the old ones stop working at once.
 *
 * @throws {AppError} `invalid-input` on `current` when the password is wrong.
 */
export async function renewWordsSealed(
  deps: Deps,
  actor: Actor,
  input: RenewWordsSealedInput,
): Promise<void> {
  const user = await provePassword(deps, actor, input.proof);
  await deps.stores.users.setRecovery(user.id, await keepRecovery(deps, input.recovery));
}

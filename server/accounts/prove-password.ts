import { notYourPassword } from '#core/accounts/not-your-password.ts';
import type { Bytes } from '#core/bytes.ts';
import type { PasswordProof } from '#core/schemas/accounts.ts';
import { withSecret } from '#core/with-secret.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { checkPassword } from './check-password.ts';
import { requireAssisted } from './require-assisted.ts';
import type { User } from './user.store.ts';

/**
 * Checks the password again before a sensitive change: as typed, or as the key derived in the
 * browser.
 *
 * @throws {AppError} `invalid-input` on `current` when it is wrong; `forbidden` for a typed one
 *   when the account forbids assisted mode.
 */
export async function provePassword(deps: Deps, actor: Actor, proof: PasswordProof): Promise<User> {
  if ('password' in proof) {
    const { user, masterKey } = await proveTyped(deps, actor, proof.password);
    return withSecret(masterKey, () => user);
  }
  await deps.limits.count('password again by account', actor.userId);
  const user = await deps.stores.users.findById(actor.userId);
  if (!user || !(await deps.serverKeys.verify(proof.authKey, user.authVerifier))) throw wrongPassword();
  return user;
}

/**
 * Checks a typed password and returns the master key it unwraps.
 *
 * @throws {AppError} as {@link provePassword}.
 */
export async function proveTyped(
  deps: Deps,
  actor: Actor,
  password: string,
): Promise<{ user: User; masterKey: Bytes }> {
  await deps.limits.count('password again by account', actor.userId);
  const user = await deps.stores.users.findById(actor.userId);
  if (user) requireAssisted(user);
  const masterKey = await checkPassword(deps, actor.username, user, password);
  if (!user || !masterKey) throw wrongPassword();
  return { user, masterKey };
}

function wrongPassword(): AppError {
  return new AppError('invalid-input', notYourPassword, { fields: { current: notYourPassword } });
}

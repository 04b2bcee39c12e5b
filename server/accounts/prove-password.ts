import type { PasswordProof } from '#core/schemas/accounts.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { checkPassword } from './check-password.ts';
import type { User } from './user.store.ts';

/**
 * The person shows once more that they know the password, before something that must be theirs to do.
 *
 * @throws {AppError} `invalid-input` on `current` when it is wrong.
 */
export async function provePassword(deps: Deps, actor: Actor, proof: PasswordProof): Promise<User> {
  await deps.limits.count('password again by account', actor.userId);
  const user = await deps.stores.users.findById(actor.userId);
  const right = user && (await isRight(deps, user, proof));
  if (right) return user;
  const message = 'This is not your password. Check it and try again.';
  throw new AppError('invalid-input', message, { fields: { current: message } });
}

async function isRight(deps: Deps, user: User, proof: PasswordProof): Promise<boolean> {
  if ('authKey' in proof) return deps.serverKeys.verify(proof.authKey, user.authVerifier);
  const masterKey = await checkPassword(deps, user.username, user, proof.password);
  masterKey?.fill(0);
  return masterKey !== null;
}

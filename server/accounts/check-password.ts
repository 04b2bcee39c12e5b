import type { Bytes } from '#core/bytes.ts';
import { unwrapMasterKey, withPasswordKeys } from '#core/crypto/index.ts';
import type { Deps } from '../deps.ts';
import { passwordKdf } from './password-kdf.ts';
import { secretVersionOf } from './secret-version.ts';
import type { User } from './user.store.ts';

/**
 * Unwraps an account's master key with its password; null when they don't match. Without an account
 * the work is the same, so timing reveals nothing.
 */
export async function checkPassword(
  deps: Deps,
  username: string,
  user: User | null,
  password: string,
): Promise<Bytes | null> {
  const kdf = await passwordKdf(deps, username, user);
  return withPasswordKeys(deps.argon2, password, kdf, async ({ authKey, kekFor }) => {
    const verified = await deps.serverKeys.verify(authKey, user?.authVerifier ?? new Uint8Array(32));
    if (!user || !verified) return null;
    const kek = await kekFor(await deps.serverKeys.keyShare(user.id, user.keyEpoch, secretVersionOf(user)));
    const owner = { userId: user.id, epoch: user.keyEpoch };
    return unwrapMasterKey(user.wrappedAmk, kek, { ...owner, purpose: 'password' });
  });
}

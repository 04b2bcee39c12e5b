import type { Bytes } from '#core/bytes.ts';
import { derivePasswordKeys, unwrapMasterKey } from '#core/crypto/index.ts';
import type { Deps } from '../deps.ts';
import { passwordKdf } from './password-kdf.ts';
import type { User } from './user.store.ts';

/**
 * Opens an account with its password: the raw master key, or null when they do not go together. Without an account the
 * work is the same, so that the time it takes tells nothing.
 */
export async function checkPassword(
  deps: Deps,
  username: string,
  user: User | null,
  password: string,
): Promise<Bytes | null> {
  const kdf = await passwordKdf(deps, username, user);
  const keys = await derivePasswordKeys(deps.argon2, password, kdf);
  const verified = await deps.serverKeys.verify(keys.authKey, user?.authVerifier ?? new Uint8Array(32));
  if (!user || !verified) return null;
  const kek = await keys.kekFor(await deps.serverKeys.keyShare(user.id, user.keyEpoch));
  return unwrapMasterKey(user.wrappedAmk, kek, {
    userId: user.id,
    epoch: user.keyEpoch,
    purpose: 'password',
  });
}

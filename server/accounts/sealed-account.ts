import type { SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Deps } from '../deps.ts';
import { isOnPastSecret, secretVersionOf } from './secret-version.ts';
import type { User } from './user.store.ts';

/** The wrapped keys of an account, for its owner only. */
export async function sealedAccount(deps: Deps, user: User): Promise<SealedAccount> {
  const { version, keyShare } = deps.serverKeys;
  const secretVersion = secretVersionOf(user);
  return {
    userId: user.id,
    epoch: user.keyEpoch,
    keyShare: await keyShare(user.id, user.keyEpoch, secretVersion),
    secretVersion,
    renewed: isOnPastSecret(deps, user)
      ? { keyShare: await keyShare(user.id, user.keyEpoch), secretVersion: version }
      : undefined,
    wrappedAmk: user.wrappedAmk,
    identityPublicKey: user.identityPublicKey,
    wrappedIdentityKey: user.wrappedIdentityKey,
  };
}

import type { PasswordKdf, SealedAccount } from '#core/accounts/sealed-account.ts';
import { currentKdfParams } from '#core/crypto/index.ts';
import type { LogInSealedInput } from '#core/schemas/sealed-accounts.ts';
import type { Deps } from '../deps.ts';
import { type Admission, admit } from './admit.ts';
import { wrongTogether } from './log-in.ts';
import type { User } from './user.store.ts';

/** What the browser is given to open the keys with, once the password was proven. */
export type SealedLogIn =
  | (Extract<Admission, { token: string }> & { account: SealedAccount })
  | Exclude<Admission, { token: string }>;

/** Salt and cost of a name's password: of a name nobody has they are made up, always the same. */
export async function passwordKdf(deps: Deps, username: string): Promise<PasswordKdf> {
  const user = await deps.stores.users.findByUsername(username);
  const fake = await deps.serverKeys.fakeSalt(username);
  if (!user) return { salt: fake, params: currentKdfParams };
  const { kdfSalt, kdfMemoryKiB, kdfIterations, kdfParallelism } = user;
  return {
    salt: kdfSalt,
    params: { memoryKiB: kdfMemoryKiB, iterations: kdfIterations, parallelism: kdfParallelism },
  };
}

/**
 * Lets somebody in by what their password became in their browser. The wrapped keys and the server's share are handed out
 * with the session, never before.
 *
 * @throws {AppError} `unauthenticated` for a wrong name or password.
 */
export async function logInSealed(
  deps: Deps,
  { username, authKey }: LogInSealedInput,
  device: { userAgent: string },
): Promise<SealedLogIn> {
  const user = await deps.stores.users.findByUsername(username);
  const verified = await deps.serverKeys.verify(authKey, user?.authVerifier ?? new Uint8Array(32));
  if (!user || !verified) throw wrongTogether();
  const result = await admit(deps, user, { mode: 'sealed' }, device);
  return 'token' in result ? { ...result, account: await sealedAccount(deps, user) } : result;
}

/** An account's keys, for its owner only. */
export async function sealedAccount(deps: Deps, user: User): Promise<SealedAccount> {
  return {
    userId: user.id,
    epoch: user.keyEpoch,
    keyShare: await deps.serverKeys.keyShare(user.id, user.keyEpoch),
    wrappedAmk: user.wrappedAmk,
    identityPublicKey: user.identityPublicKey,
    wrappedIdentityKey: user.wrappedIdentityKey,
  };
}

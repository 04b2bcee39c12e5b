import type { PasswordKdf } from '#core/accounts/password-record.ts';
import {
  type KeyOwner,
  makePasswordRecord as makePassword,
  makeRecoveryRecord as makeRecovery,
  type PasswordRecord,
  type RecoveryRecord,
} from '#core/accounts/password-record.ts';
import type { Bytes } from '#core/bytes.ts';
import type { Deps } from '../deps.ts';
import { requireShare } from './secret-version.ts';
import type { PasswordKeysUpdate, User } from './user.store.ts';

/**
 * What an account keeps of a password that was sealed elsewhere: a verifier in place of the key that proves it.
 *
 * @param usual of which secret the key share was that was handed out for it, where the record does not say
 * @throws {AppError} `conflict` as {@link requireShare}
 */
export async function keepPassword(
  deps: Deps,
  usual: number,
  { salt, params, authKey, wrappedAmk, secretVersion = usual }: PasswordRecord,
): Promise<PasswordKeysUpdate> {
  requireShare(deps, secretVersion);
  return {
    kdfSalt: salt,
    kdfMemoryKiB: params.memoryKiB,
    kdfIterations: params.iterations,
    kdfParallelism: params.parallelism,
    authVerifier: await deps.serverKeys.verifierOf(authKey),
    wrappedAmk,
    secretVersion,
  };
}

/** What an account keeps of recovery words. */
export async function keepRecovery(
  deps: Deps,
  { authKey, wrappedAmk }: RecoveryRecord,
): Promise<Pick<User, 'wrappedAmkRecovery' | 'recoveryVerifier'>> {
  return { wrappedAmkRecovery: wrappedAmk, recoveryVerifier: await deps.serverKeys.verifierOf(authKey) };
}

/** What an account keeps of a password: a salt (fresh unless given), a verifier, and the master key wrapped under it. */
export async function makePasswordRecord(
  deps: Deps,
  owner: KeyOwner,
  password: string,
  masterKey: Bytes,
  kdf?: PasswordKdf,
): Promise<PasswordKeysUpdate> {
  const share = await deps.serverKeys.keyShare(owner.userId, owner.epoch);
  const { version } = deps.serverKeys;
  return keepPassword(deps, version, await makePassword(deps.argon2, password, owner, share, masterKey, kdf));
}

/** Twelve new recovery words, and what an account keeps of them: a verifier, and the master key wrapped under them. */
export async function makeRecoveryRecord(deps: Deps, owner: KeyOwner, masterKey: Bytes) {
  const { words, record } = await makeRecovery(owner, masterKey);
  return { words, record: await keepRecovery(deps, record) };
}

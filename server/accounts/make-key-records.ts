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
 * The stored record of a password that was sealed in the browser: the proving key becomes a
 * verifier.
 *
 * @param usual the secret version of the key share that was handed out, if the record has none
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

export async function keepRecovery(
  deps: Deps,
  { authKey, wrappedAmk }: RecoveryRecord,
): Promise<Pick<User, 'wrappedAmkRecovery' | 'recoveryVerifier'>> {
  return { wrappedAmkRecovery: wrappedAmk, recoveryVerifier: await deps.serverKeys.verifierOf(authKey) };
}

/**
 * The stored record of a password: a salt (fresh unless given), a verifier, and the wrapped master
 * key.
 */
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

/**
 * Creates twelve recovery words and their stored record: a verifier, and the wrapped master key.
 */
export async function makeRecoveryRecord(deps: Deps, owner: KeyOwner, masterKey: Bytes) {
  const { words, record } = await makeRecovery(owner, masterKey);
  return { words, record: await keepRecovery(deps, record) };
}

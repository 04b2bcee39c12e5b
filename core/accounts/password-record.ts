import type { Bytes } from '../bytes.ts';
import {
  type Argon2id,
  currentKdfParams,
  deriveRecoveryKeys,
  isWeakerKdf,
  type KdfParams,
  newRecoveryPhrase,
  newSalt,
  withPasswordKeys,
  wrapMasterKey,
} from '../crypto/index.ts';

export interface PasswordKdf {
  salt: Bytes;
  params: KdfParams;
}

export interface KeyOwner {
  userId: string;
  epoch: number;
  /** The version of the server secret behind the key share. */
  secretVersion?: number | undefined;
}

export interface PasswordRecord {
  salt: Bytes;
  params: KdfParams;
  /** Proves the password. The server keeps only its HMAC. */
  authKey: Bytes;
  wrappedAmk: Bytes;
  /** The version of the server secret behind the share that was used. */
  secretVersion?: number | undefined;
}

export interface RecoveryRecord {
  /** Proves the phrase. The server keeps only its HMAC. */
  authKey: Bytes;
  wrappedAmk: Bytes;
}

const freshKdf = (): PasswordKdf => ({ salt: newSalt(), params: currentKdfParams });

/**
 * Returns salt and cost for storing the same password again. The salt changes only if the cost is
 * raised: devices remember the salt, and take a new salt at the same cost for a new password.
 */
export function renewedKdf(kdf: PasswordKdf): PasswordKdf {
  return isWeakerKdf(kdf.params, currentKdfParams) ? freshKdf() : kdf;
}

/**
 * Makes a password record with the master key wrapped under the password.
 * @param keyShare the server's share of this owner's key, 32 bytes
 * @param kdf a new salt and today's cost by default
 */
export async function makePasswordRecord(
  argon2: Argon2id,
  password: string,
  owner: KeyOwner,
  keyShare: Bytes,
  masterKey: Bytes,
  kdf: PasswordKdf = freshKdf(),
): Promise<PasswordRecord> {
  return withPasswordKeys(argon2, password, kdf, async ({ authKey, kekFor }) => {
    const kek = await kekFor(keyShare);
    const wrappedAmk = await wrapMasterKey(masterKey, kek, { ...owner, purpose: 'password' });
    return { ...kdf, authKey, wrappedAmk, secretVersion: owner.secretVersion };
  });
}

/** Makes a new recovery phrase and wraps the master key under it. */
export async function makeRecoveryRecord(
  owner: KeyOwner,
  masterKey: Bytes,
): Promise<{ words: string[]; record: RecoveryRecord }> {
  const words = newRecoveryPhrase();
  const { kek, authKey } = await deriveRecoveryKeys(words);
  const wrappedAmk = await wrapMasterKey(masterKey, kek, { ...owner, purpose: 'recovery' });
  return { words, record: { authKey, wrappedAmk } };
}

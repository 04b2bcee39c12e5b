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

/** Salt and cost of an account's password. */
export interface PasswordKdf {
  salt: Bytes;
  params: KdfParams;
}

/** Whose keys, and which of theirs. */
export interface KeyOwner {
  userId: string;
  epoch: number;
  /** Of which of the server's secrets the key share is. */
  secretVersion?: number | undefined;
}

/** What a password is turned into before it is handed to the server. */
export interface PasswordRecord {
  salt: Bytes;
  params: KdfParams;
  /** Proves the password; the server keeps only an HMAC of it. */
  authKey: Bytes;
  wrappedAmk: Bytes;
  /** Of which of the server's secrets the share is that went into it. */
  secretVersion?: number | undefined;
}

/** What the twelve words become. */
export interface RecoveryRecord {
  /** Proves the words; the server keeps only an HMAC of it. */
  authKey: Bytes;
  wrappedAmk: Bytes;
}

const freshKdf = (): PasswordKdf => ({ salt: newSalt(), params: currentKdfParams });

/**
 * Salt and cost of the same password from here on: a fresh salt only where the cost is raised, for every device of its owner
 * remembers the salt, and takes another one at the same cost for another password.
 */
export function renewedKdf(kdf: PasswordKdf): PasswordKdf {
  return isWeakerKdf(kdf.params, currentKdfParams) ? freshKdf() : kdf;
}

/**
 * A password with the master key wrapped under it.
 *
 * @param keyShare the server's share of this owner's key, 32 bytes
 * @param kdf a fresh salt and today's parameters unless given
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

/** Twelve new recovery words, and the master key wrapped under them. */
export async function makeRecoveryRecord(
  owner: KeyOwner,
  masterKey: Bytes,
): Promise<{ words: string[]; record: RecoveryRecord }> {
  const words = newRecoveryPhrase();
  const { kek, authKey } = await deriveRecoveryKeys(words);
  const wrappedAmk = await wrapMasterKey(masterKey, kek, { ...owner, purpose: 'recovery' });
  return { words, record: { authKey, wrappedAmk } };
}

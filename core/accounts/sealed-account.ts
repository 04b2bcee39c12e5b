import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import {
  type Argon2id,
  createIdentity,
  currentKdfParams,
  derivePasswordKeys,
  deriveRecoveryKeys,
  importMasterKey,
  isWeakerKdf,
  newMasterKey,
  openIdentity,
  unwrapMasterKey,
} from '../crypto/index.ts';
import { withSecret } from '../with-secret.ts';
import {
  type KeyOwner,
  makePasswordRecord,
  makeRecoveryRecord,
  type PasswordKdf,
  type PasswordRecord,
  type RecoveryRecord,
} from './password-record.ts';

/**
 * An account's wrapped keys. The server hands them out after a password proof; they are useless
 * without the password.
 */
export interface SealedAccount extends KeyOwner {
  keyShare: Bytes;
  /** The key share to wrap it with next, if the server's secret has changed. */
  renewed?: { keyShare: Bytes; secretVersion: number } | undefined;
  wrappedAmk: Bytes;
  identityPublicKey: Bytes;
  wrappedIdentityKey: Bytes;
}

/** Returns the account with the newest key share, for storing a password again. */
export function underNewestShare<Account extends Pick<SealedAccount, 'keyShare' | 'renewed'>>(
  account: Account,
): Account {
  return { ...account, ...account.renewed };
}

interface IdentityRecord {
  identityPublicKey: Bytes;
  wrappedIdentityKey: Bytes;
}

interface NewKeys extends IdentityRecord {
  password: PasswordRecord;
  recovery: RecoveryRecord;
}

export interface ProvenPassword {
  /** 32 bytes that prove the password to the server. */
  authKey: Bytes;
  /** Whether the account uses a lower cost than today's. */
  outdated: boolean;
  /**
   * Unwraps the raw master key.
   * @throws CryptoRefusal `damaged` if the keys don't match the password.
   */
  open(account: Pick<SealedAccount, 'userId' | 'epoch' | 'keyShare' | 'wrappedAmk'>): Promise<Bytes>;
}

/**
 * Turns a password into keys on the user's device.
 * @throws CryptoRefusal `weak-kdf` before deriving anything, if the server asks for an unsafe cost
 */
export async function provePassword(
  argon2: Argon2id,
  password: string,
  { salt, params }: PasswordKdf,
): Promise<ProvenPassword> {
  const keys = await derivePasswordKeys(argon2, password, { salt, params });
  return {
    authKey: keys.authKey,
    outdated: isWeakerKdf(params, currentKdfParams),
    open: async ({ userId, epoch, keyShare, wrappedAmk }) =>
      unwrapMasterKey(wrappedAmk, await keys.kekFor(keyShare), { userId, epoch, purpose: 'password' }),
  };
}

/**
 * Unwraps the master key with the recovery phrase.
 * @throws CryptoRefusal `bad-words`, `damaged`.
 */
export async function openWithPhrase(
  words: string[],
  { userId, epoch, wrappedAmk }: KeyOwner & { wrappedAmk: Bytes },
): Promise<Bytes> {
  const { kek } = await deriveRecoveryKeys(words);
  return unwrapMasterKey(wrappedAmk, kek, { userId, epoch, purpose: 'recovery' });
}

/**
 * Imports the keys to hold. Neither the master key nor the identity can be extracted from them. The
 * caller must wipe `masterKey`.
 */
export async function importAccount(
  masterKey: Bytes,
  { userId, epoch, identityPublicKey, wrappedIdentityKey }: KeyOwner & IdentityRecord,
): Promise<AccountKeys> {
  const owner = { userId, epoch };
  return {
    ...owner,
    masterKey: await importMasterKey(masterKey),
    identity: await openIdentity(wrappedIdentityKey, identityPublicKey, masterKey, owner),
  };
}

/**
 * Makes all keys for a new account or a reset without recovery. The user must write down the
 * phrase.
 */
export async function makeAccount(
  argon2: Argon2id,
  password: string,
  owner: KeyOwner,
  keyShare: Bytes,
): Promise<{ record: NewKeys; words: string[]; keys: AccountKeys }> {
  return withSecret(newMasterKey(), async (masterKey) => {
    const { publicKey, wrappedPrivateKey, identity } = await createIdentity(masterKey, owner);
    const recovery = await makeRecoveryRecord(owner, masterKey);
    const record = {
      identityPublicKey: publicKey,
      wrappedIdentityKey: wrappedPrivateKey,
      password: await makePasswordRecord(argon2, password, owner, keyShare, masterKey),
      recovery: recovery.record,
    };
    const keys = { ...owner, masterKey: await importMasterKey(masterKey), identity };
    return { record, words: recovery.words, keys };
  });
}

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

/** An account's keys as the server hands them to somebody who has proven the password; useless to anybody else. */
export interface SealedAccount extends KeyOwner {
  /** What the master key was wrapped with. */
  keyShare: Bytes;
  /** What it is to be wrapped with from here on, where the server has changed its secret since. */
  renewed?: { keyShare: Bytes; secretVersion: number } | undefined;
  wrappedAmk: Bytes;
  identityPublicKey: Bytes;
  wrappedIdentityKey: Bytes;
}

/** The same account, as a password is to be kept for it from here on. */
export function underNewestShare<Account extends Pick<SealedAccount, 'keyShare' | 'renewed'>>(
  account: Account,
): Account {
  return { ...account, ...account.renewed };
}

/** A public identity, and its private half under the master key. */
interface IdentityRecord {
  identityPublicKey: Bytes;
  wrappedIdentityKey: Bytes;
}

/** What a new account, or one that starts afresh, hands to the server. */
interface NewKeys extends IdentityRecord {
  password: PasswordRecord;
  recovery: RecoveryRecord;
}

/** A password that was turned into keys, before the server has said whether it is the right one. */
export interface ProvenPassword {
  /** 32 bytes for the server. */
  authKey: Bytes;
  /** Whether the account was made under weaker parameters than today's. */
  outdated: boolean;
  /** The raw master key. @throws CryptoRefusal `damaged` when the server handed out something else. */
  open(account: Pick<SealedAccount, 'userId' | 'epoch' | 'keyShare' | 'wrappedAmk'>): Promise<Bytes>;
}

/**
 * Turns a password into keys where it was typed.
 *
 * @throws CryptoRefusal `weak-kdf` when the server asks for less work than is safe, before anything is derived.
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

/** The master key by the recovery words. @throws CryptoRefusal `bad-words`, `damaged`. */
export async function openWithPhrase(
  words: string[],
  { userId, epoch, wrappedAmk }: KeyOwner & { wrappedAmk: Bytes },
): Promise<Bytes> {
  const { kek } = await deriveRecoveryKeys(words);
  return unwrapMasterKey(wrappedAmk, kek, { userId, epoch, purpose: 'recovery' });
}

/** The keys to hold: neither the master key nor the identity can be had from them any more. Wipes nothing: `masterKey` stays the caller's to wipe. */
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

/** Everything a new account, or one that starts afresh, is made of; the words are to be written down. */
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

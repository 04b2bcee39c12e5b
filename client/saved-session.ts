import type { AccountKeys } from '#core/account-keys.ts';
import { importAccount } from '#core/accounts/sealed-account.ts';
import { type Bytes, fromBase64Url } from '#core/bytes.ts';
import { withSecret } from '#core/with-secret.ts';
import { BffError } from './bff-error.ts';

/**
 * A login that can be saved and resumed. It opens every letter of its owner, so guard it like a
 * key. Plain JSON; bytes are base64url.
 */
export interface SavedSession {
  url: string;
  username: string;
  token: string;
  userId: string;
  epoch: number;
  masterKey: string;
  identityPublicKey: string;
  wrappedIdentityKey: string;
  /** The last seen sealed pins of friends' keys, so that a server can't bring back older ones. */
  pins?: { pins: string; version: number; since: number };
  /** Salt and cost at this login; missing in sessions saved by older versions. */
  kdf?: RememberedKdf;
}

/**
 * Identifies an account and its keys, however its installation's address is spelled; pins are
 * remembered under it. A server that claims another account's id can't have its public key, which
 * the wrapped identity key authenticates.
 */
export const accountKey = ({ userId, identityPublicKey }: SavedSession): string =>
  `${userId} ${identityPublicKey}`;

/** Returns the session with these remembered pins, unless its own are newer. */
export function withPins(session: SavedSession, pins: SavedSession['pins']): SavedSession {
  return pins && pins.version > (session.pins?.version ?? 0) ? { ...session, pins } : session;
}

/**
 * Salt (base64url) and Argon2id cost of a password, for comparison at the next login. Not a secret.
 */
export interface RememberedKdf {
  salt: string;
  memoryKiB: number;
  iterations: number;
  parallelism: number;
}

/**
 * Imports a saved session's keys.
 * @throws BffError `damaged` unless this client saved the session.
 */
export async function keysOf(session: SavedSession): Promise<AccountKeys> {
  try {
    const [masterKey, identityPublicKey, wrappedIdentityKey] = [
      session.masterKey,
      session.identityPublicKey,
      session.wrappedIdentityKey,
    ].map(fromBase64Url) as [Bytes, Bytes, Bytes];
    const { userId, epoch } = session;
    const account = { userId, epoch, identityPublicKey, wrappedIdentityKey };
    return await withSecret(masterKey, () => importAccount(masterKey, account));
  } catch (cause) {
    throw new BffError('damaged', "This saved login can't be read. Log in again.", { cause });
  }
}

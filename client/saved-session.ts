import type { AccountKeys } from '#core/account-keys.ts';
import { importAccount } from '#core/accounts/sealed-account.ts';
import { type Bytes, fromBase64Url } from '#core/bytes.ts';
import { withSecret } from '#core/with-secret.ts';
import { BffError } from './bff-error.ts';

/**
 * A log-in that can be kept and taken up again. It opens every letter of its owner: keep it where nobody else can read it.
 * Plain JSON; bytes are base64url.
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
  /** What was seen last of the owner's pins (of friends' keys), sealed. With it a server cannot bring back older ones. */
  pins?: { pins: string; version: number; since: number };
  /** What the password's hash was at this log-in; missing in sessions that an older version saved. */
  kdf?: RememberedKdf;
}

/**
 * Names an account and its keys, whatever the address of its installation is spelled like: what pins are remembered under.
 * A server that claims another account's id cannot have its public key, which the wrapped identity key authenticates.
 */
export const accountKey = ({ userId, identityPublicKey }: SavedSession): string =>
  `${userId} ${identityPublicKey}`;

/** The session with pins that were remembered elsewhere, unless its own are newer. */
export function withPins(session: SavedSession, pins: SavedSession['pins']): SavedSession {
  return pins && pins.version > (session.pins?.version ?? 0) ? { ...session, pins } : session;
}

/** Salt (base64url) and Argon2id cost of a password, to be compared at the next log-in. Not a secret. */
export interface RememberedKdf {
  salt: string;
  memoryKiB: number;
  iterations: number;
  parallelism: number;
}

/** Makes a saved session's keys ready for use. @throws BffError `damaged` for anything that was not saved by this client. */
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

import type { AccountKeys } from '#core/account-keys.ts';
import { fromBase64Url } from '#core/bytes.ts';
import { importMasterKey, openIdentity } from '#core/crypto/index.ts';
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
}

/** Makes a saved session's keys ready for use. @throws BffError `damaged` for anything that was not saved by this client. */
export async function keysOf(session: SavedSession): Promise<AccountKeys> {
  try {
    const { userId, epoch } = session;
    const masterKey = await importMasterKey(fromBase64Url(session.masterKey));
    const [wrapped, publicKey] = [session.wrappedIdentityKey, session.identityPublicKey].map(fromBase64Url);
    if (!wrapped || !publicKey) throw new TypeError('no identity');
    const identity = await openIdentity(wrapped, publicKey, masterKey, { userId, epoch });
    return { userId, epoch, masterKey, identity };
  } catch (cause) {
    throw new BffError('damaged', 'This saved log-in cannot be read. Log in again.', { cause });
  }
}

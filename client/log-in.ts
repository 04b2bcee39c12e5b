import { type Bytes, toBase64Url } from '#core/bytes.ts';
import {
  type Argon2id,
  derivePasswordKeys,
  isCryptoRefusal,
  type KdfParams,
  unwrapMasterKey,
} from '#core/crypto/index.ts';
import { BffError, calling } from './bff-error.ts';
import type { Api } from './create-api.ts';
import { keysOf, type SavedSession } from './saved-session.ts';

interface ReleasedKeys {
  userId: string;
  epoch: number;
  keyShare: Bytes;
  wrappedAmk: Bytes;
  identityPublicKey: Bytes;
  wrappedIdentityKey: Bytes;
}

interface SealedAccounts {
  kdf: { query(input: { username: string }): Promise<{ salt: Bytes; params: KdfParams }> };
  logInSealed: {
    mutate(input: {
      username: string;
      authKey: Bytes;
    }): Promise<
      | { outcome: 'logged-in'; token: string; account: ReleasedKeys }
      | { outcome: 'words' | 'unverified' | 'factor' }
    >;
  };
}
const accountsOf = (api: Api) => api.accounts as unknown as SealedAccounts;

export interface LogIn {
  username: string;
  password: string;
  /** Asked for when the account has a second factor: a code of the app, or a one-time code. */
  secondFactor?: () => string | Promise<string>;
}

/**
 * Proves the password to the server with a key derived from it, which says nothing of it, and unwraps the master key with
 * another one and the server's share.
 * @throws BffError `unauthenticated`, `incomplete`, `damaged` when the server's answer does not fit the password.
 */
export async function logIn(api: Api, argon2: Argon2id, url: string, input: LogIn): Promise<SavedSession> {
  const username = input.username.trim().toLowerCase();
  const { salt, params } = await calling(() => accountsOf(api).kdf.query({ username }));
  try {
    const password = await derivePasswordKeys(argon2, input.password, { salt, params });
    const { token, account } = await prove(api, { username, authKey: password.authKey }, input.secondFactor);
    const { userId, epoch } = account;
    const kek = await password.kekFor(account.keyShare);
    const raw = await unwrapMasterKey(account.wrappedAmk, kek, { userId, epoch, purpose: 'password' });
    const masterKey = toBase64Url(raw);
    raw.fill(0);
    const session: SavedSession = {
      ...{ url, username, token, userId, epoch, masterKey },
      identityPublicKey: toBase64Url(account.identityPublicKey),
      wrappedIdentityKey: toBase64Url(account.wrappedIdentityKey),
    };
    await keysOf(session);
    return session;
  } catch (cause) {
    if (!isCryptoRefusal(cause)) throw cause;
    const message =
      'What the server sent for this log-in does not fit. Do not try again before you know why.';
    throw new BffError('damaged', message, { cause });
  }
}

async function prove(
  api: Api,
  proof: { username: string; authKey: Bytes },
  secondFactor: LogIn['secondFactor'],
): Promise<{ token: string; account: ReleasedKeys }> {
  const result = await calling(() => accountsOf(api).logInSealed.mutate(proof));
  if (result.outcome === 'logged-in') return result;
  if (result.outcome === 'words')
    throw new BffError('incomplete', 'The recovery words were never confirmed. Log in with a browser once.');
  if (result.outcome === 'unverified')
    throw new BffError('incomplete', 'The e-mail address is not confirmed yet: a new link was just mailed.');
  void secondFactor;
  throw new BffError('incomplete', 'This account wants a second factor.');
}

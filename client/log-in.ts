import { importAccount, provePassword } from '#core/accounts/sealed-account.ts';
import { type Bytes, toBase64Url } from '#core/bytes.ts';
import { type Argon2id, isCryptoRefusal } from '#core/crypto/index.ts';
import { wiping } from '#core/wiping.ts';
import { BffError, calling } from './bff-error.ts';
import type { Api } from './create-api.ts';
import type { SavedSession } from './saved-session.ts';

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
  const kdf = await calling(() => api.accounts.kdf.query({ username }));
  try {
    const password = await provePassword(argon2, input.password, kdf);
    const { token, account } = await prove(api, { username, authKey: password.authKey }, input.secondFactor);
    return await wiping(password.open(account), async (masterKey) => {
      // Opened once here, so that keys that do not belong together are found out now.
      await importAccount(masterKey, account);
      return {
        ...{ url, username, token, userId: account.userId, epoch: account.epoch },
        masterKey: toBase64Url(masterKey),
        identityPublicKey: toBase64Url(account.identityPublicKey),
        wrappedIdentityKey: toBase64Url(account.wrappedIdentityKey),
      };
    });
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
) {
  const begun = await calling(() => api.accounts.logInSealed.mutate(proof));
  return begun.outcome === 'second-factor'
    ? completed(await giveCode(api, begun, secondFactor))
    : completed(begun);
}

async function giveCode(api: Api, { challenge }: { challenge: string }, secondFactor: LogIn['secondFactor']) {
  if (!secondFactor) {
    throw new BffError('incomplete', 'This account asks for a code, too, and there is nobody to ask for it.');
  }
  const code = await secondFactor();
  return calling(() => api.secondFactor.giveCode.mutate({ challenge, code }));
}

/** The session and the keys of a log-in that is through. */
function completed(
  result: Exclude<Answer<Api['accounts']['logInSealed']> | Answer<Api['secondFactor']['giveCode']>, Waiting>,
) {
  if (result.outcome === 'logged-in' && 'account' in result) return result;
  const message =
    result.outcome === 'words'
      ? 'The recovery words were never confirmed. Log in with a browser once and write them down.'
      : 'The e-mail address is not confirmed yet: a new link was just mailed to it.';
  throw new BffError('incomplete', message);
}

type Answer<Procedure extends { mutate: (...input: never[]) => unknown }> = Awaited<
  ReturnType<Procedure['mutate']>
>;
type Waiting = { outcome: 'second-factor' };

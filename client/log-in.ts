import type { PasswordKdf } from '#core/accounts/password-record.ts';
import { proveToServer } from '#core/accounts/prove-to-server.ts';
import { type KdfChange, kdfChange } from '#core/accounts/remembered-kdf.ts';
import { importAccount } from '#core/accounts/sealed-account.ts';
import { fromBase64Url, toBase64Url } from '#core/bytes.ts';
import { type Argon2id, isCryptoRefusal } from '#core/crypto/index.ts';
import { withSecret } from '#core/with-secret.ts';
import { BffError, calling } from './bff-error.ts';
import type { Api } from './create-api.ts';
import type { RememberedKdf, SavedSession } from './saved-session.ts';

export interface LogIn {
  username: string;
  password: string;
  /** Called if the account has two-step login; returns a code from the app or a one-time code. */
  secondFactor?: () => string | Promise<string>;
  /** {@link SavedSession.kdf} of an earlier login; that of the client's own session by default. */
  remembered?: RememberedKdf | null;
  /**
   * Called if the server asks for a different password hash than the remembered one, before
   * anything is derived or sent. `weaker` never happens honestly; `replaced` means a different
   * salt, as after a new password. Unless it returns true, the login is refused with `kdf-changed`.
   */
  acceptChange?: (change: KdfChange) => boolean | Promise<boolean>;
}

/**
 * Proves the password to the server with a derived key, which reveals nothing about it, and unwraps
 * the master key with another derived key and the server's share.
 * @throws BffError `kdf-changed` before anything is sent; `unauthenticated`; `incomplete`;
 *   `damaged` if the server's answer doesn't fit the password
 */
export async function logIn(api: Api, argon2: Argon2id, url: string, input: LogIn): Promise<SavedSession> {
  const username = input.username.trim().toLowerCase();
  try {
    const { answer, proven, kdf } = await proveToServer({
      argon2,
      password: input.password,
      askKdf: () => calling(() => api.accounts.kdf.query({ username })),
      checkKdf: (asked) => checkKdf(input, asked),
      logIn: (authKey) => calling(() => api.accounts.logInSealed.mutate({ username, authKey })),
      saysWrongPassword: (error) => error instanceof BffError && error.code === 'unauthenticated',
    });
    const { token, account } = await finish(api, answer, input.secondFactor);
    return await withSecret(proven.open(account), async (masterKey) => {
      // Open the keys once, to detect mismatched keys now.
      await importAccount(masterKey, account);
      return {
        ...{ url, username, token, userId: account.userId, epoch: account.epoch },
        masterKey: toBase64Url(masterKey),
        identityPublicKey: toBase64Url(account.identityPublicKey),
        wrappedIdentityKey: toBase64Url(account.wrappedIdentityKey),
        kdf: { salt: toBase64Url(kdf.salt), ...kdf.params },
      };
    });
  } catch (cause) {
    if (!isCryptoRefusal(cause)) throw cause;
    const message = "The server's answer doesn't match this login. Don't try again until you know why.";
    throw new BffError('damaged', message, { cause });
  }
}

const changes: Record<KdfChange, string> = {
  weaker:
    "The server is asking for weaker protection of your password than at your last login from here. That shouldn't happen, and could help someone guess your password. Nothing was sent.",
  replaced:
    "Your password has changed since your last login from here. If that wasn't you, reset it by email. Nothing was sent.",
};

async function checkKdf({ remembered, acceptChange }: LogIn, asked: PasswordKdf): Promise<void> {
  if (!remembered) return;
  const { salt, ...params } = remembered;
  const change = kdfChange({ salt: fromBase64Url(salt), params }, asked);
  if (change && !(await acceptChange?.(change))) throw new BffError('kdf-changed', changes[change]);
}

async function finish(
  api: Api,
  begun: Answer<Api['accounts']['logInSealed']>,
  secondFactor: LogIn['secondFactor'],
) {
  return begun.outcome === 'second-factor'
    ? completed(await giveCode(api, begun, secondFactor))
    : completed(begun);
}

async function giveCode(api: Api, { challenge }: { challenge: string }, secondFactor: LogIn['secondFactor']) {
  if (!secondFactor) {
    throw new BffError(
      'incomplete',
      "This account has two-step login, and this program can't ask for the code.",
    );
  }
  const code = await secondFactor();
  return calling(() => api.secondFactor.giveCode.mutate({ challenge, code }));
}

function completed(
  result: Exclude<Answer<Api['accounts']['logInSealed']> | Answer<Api['secondFactor']['giveCode']>, Waiting>,
) {
  if (result.outcome === 'logged-in' && 'account' in result) return result;
  const message =
    result.outcome === 'words'
      ? "You haven't confirmed your recovery words yet. Log in once in a browser and write them down."
      : "Your email address isn't confirmed yet. We've just sent a new link to it.";
  throw new BffError('incomplete', message);
}

type Answer<Procedure extends { mutate: (...input: never[]) => unknown }> = Awaited<
  ReturnType<Procedure['mutate']>
>;
type Waiting = { outcome: 'second-factor' };

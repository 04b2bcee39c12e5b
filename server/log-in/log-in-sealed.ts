import type { SealedAccount } from '#core/accounts/sealed-account.ts';
import type { LogInSealedInput } from '#core/schemas/sealed-accounts.ts';
import { sealedAccount } from '../accounts/sealed-account.ts';
import type { User } from '../accounts/user.store.ts';
import type { Deps } from '../deps.ts';
import { type Admission, completePasswordStep, type LogInResult } from './complete-log-in.ts';
import { invalidCredentials } from './log-in.ts';

/** What the browser is given to open the keys with, once the password was proven. */
export type SealedAdmission =
  | (Extract<Admission, Opening> & { account: SealedAccount })
  | Exclude<Admission, Opening>;

/** The same, or the wait for a second factor, which comes before any key is handed out. */
type SealedLogIn = SealedAdmission | Exclude<LogInResult, Opening>;

/** What a session needs keys for. */
type Opening = { outcome: 'logged-in' | 'words' };

/**
 * Lets somebody in by what their password became in their browser. The wrapped keys and the server's share are handed out
 * with the session, never before.
 *
 * @throws {AppError} `unauthenticated` for a wrong name or password.
 */
export async function logInSealed(
  deps: Deps,
  { username, authKey }: LogInSealedInput,
  device: { userAgent: string },
): Promise<SealedLogIn> {
  const user = await deps.stores.users.findByUsername(username);
  const verified = await deps.serverKeys.verify(authKey, user?.authVerifier ?? new Uint8Array(32));
  if (!user || !verified) throw invalidCredentials();
  return withKeys(deps, user, await completePasswordStep(deps, user, { mode: 'sealed' }, device));
}

/** Adds the keys to a session that is to open something; to nothing else. */
export async function withKeys<Result extends LogInResult>(
  deps: Deps,
  user: User,
  result: Result,
): Promise<(Extract<Result, Opening> & { account: SealedAccount }) | Exclude<Result, Opening>> {
  if (result.outcome === 'unverified' || result.outcome === 'second-factor')
    return result as Exclude<Result, Opening>;
  const account = await sealedAccount(deps, user);
  return { ...(result as Extract<Result, Opening>), account };
}

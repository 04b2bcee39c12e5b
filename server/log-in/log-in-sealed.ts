import type { SealedAccount } from '#core/accounts/sealed-account.ts';
import type { LogInSealedInput } from '#core/schemas/sealed-accounts.ts';
import { sealedAccount } from '../accounts/sealed-account.ts';
import type { User } from '../accounts/user.store.ts';
import type { Deps } from '../deps.ts';
import { type Admission, completePasswordStep, type LogInResult } from './complete-log-in.ts';
import { invalidCredentials } from './log-in.ts';

/** The keys a browser gets once the password is proven. */
export type SealedAdmission =
  | (Extract<Admission, Opening> & { account: SealedAccount })
  | Exclude<Admission, Opening>;

/** Those keys, or a pending second factor, which comes before any key. */
type SealedLogIn = SealedAdmission | Exclude<LogInResult, Opening>;

type Opening = { outcome: 'logged-in' | 'words' };

/**
 * Logs in with the key that the browser derived from the password. Returns the wrapped keys and the
 * server's key share only with the session.
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

/** Adds the keys to an outcome that needs them, and to no other. */
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

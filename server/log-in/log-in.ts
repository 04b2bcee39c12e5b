import { renewedKdf } from '#core/accounts/password-record.ts';
import type { Bytes } from '#core/bytes.ts';
import { currentKdfParams, isWeakerKdf } from '#core/crypto/index.ts';
import type { LogInInput } from '#core/schemas/accounts.ts';
import { withSecret } from '#core/with-secret.ts';
import { checkPassword } from '../accounts/check-password.ts';
import { credentialsJustChanged, sameCredentials } from '../accounts/credentials.ts';
import { makePasswordRecord } from '../accounts/make-key-records.ts';
import { kdfParamsOf } from '../accounts/password-kdf.ts';
import { requireAssisted } from '../accounts/require-assisted.ts';
import { isOnPastSecret } from '../accounts/secret-version.ts';
import type { User } from '../accounts/user.store.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { completePasswordStep, type LogInResult } from './complete-log-in.ts';

/**
 * Checks a password and opens the account's keys for a new session. An unknown name takes the same
 * time and gets the same answer as a wrong password.
 *
 * @throws {AppError} `unauthenticated` for a wrong name or password; `forbidden` when they are
 *   right but the account allows sealed sessions only.
 */
export async function logIn(
  deps: Deps,
  input: LogInInput,
  device: { userAgent: string },
): Promise<LogInResult> {
  const user = await deps.stores.users.findByUsername(input.username);
  const masterKey = await checkPassword(deps, input.username, user, input.password);
  if (!user || !masterKey) throw invalidCredentials();
  return withSecret(masterKey, async () => {
    requireAssisted(user);
    const kept = await upgradeKdf(deps, user, input.password, masterKey);
    return completePasswordStep(deps, kept, { mode: 'assisted', masterKey }, device);
  });
}

export function invalidCredentials(): AppError {
  return new AppError('unauthenticated', 'That username and password don’t match. Check both and try again.');
}

/**
 * Rewraps the master key when the account has weaker parameters than today's, or an earlier server
 * secret. Of several concurrent logins one does it, and the others use its result.
 *
 * @returns the account as it is now
 * @throws {AppError} `unauthenticated` when the password was changed in the meantime.
 */
async function upgradeKdf(deps: Deps, user: User, password: string, masterKey: Bytes): Promise<User> {
  if (!isWeakerKdf(kdfParamsOf(user), currentKdfParams) && !isOnPastSecret(deps, user)) return user;
  const owner = { userId: user.id, epoch: user.keyEpoch };
  const kdf = renewedKdf({ salt: user.kdfSalt, params: kdfParamsOf(user) });
  const record = await makePasswordRecord(deps, owner, password, masterKey, kdf);
  if (await deps.stores.users.upgradePasswordKeys(user, record)) return { ...user, ...record };
  const upgraded = await deps.stores.users.findById(user.id);
  if (!upgraded || !sameCredentials(upgraded, user)) throw credentialsJustChanged();
  return upgraded;
}

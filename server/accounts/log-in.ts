import type { Bytes } from '#core/bytes.ts';
import { currentKdfParams } from '#core/crypto/index.ts';
import type { LogInInput } from '#core/schemas/accounts.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { checkPassword } from './check-password.ts';
import { makePasswordRecord, makeRecoveryRecord } from './make-key-records.ts';
import { requestAccountMail } from './request-account-mail.ts';
import { type StartedSession, startSession } from './start-session.ts';
import type { User } from './user.store.ts';

export type LogInResult =
  /** Logged in. */
  | ({ outcome: 'logged-in' } & StartedSession)
  /** The recovery words were never confirmed: new ones wait at `/join/words`. */
  | ({ outcome: 'words' } & StartedSession)
  /** The address is not verified yet: a new link is on its way to it. */
  | { outcome: 'unverified' };

/**
 * Checks a password and opens the account's keys for a new session. A name that nobody has costs the same work and gets
 * the same answer as a wrong password.
 *
 * @throws {AppError} `unauthenticated` for a wrong name or password.
 */
export async function logIn(
  deps: Deps,
  input: LogInInput,
  device: { userAgent: string },
): Promise<LogInResult> {
  const user = await deps.stores.users.findByUsername(input.username);
  const masterKey = await checkPassword(deps, input.username, user, input.password);
  if (!user || !masterKey) {
    throw new AppError(
      'unauthenticated',
      'This name and password do not go together. Check both and try again.',
    );
  }
  await upgradeKdf(deps, user, input.password, masterKey);

  const session = { userId: user.id, masterKey, userAgent: device.userAgent };
  if (!user.recoveryConfirmedAt) {
    const owner = { userId: user.id, epoch: user.keyEpoch };
    const { words: recoveryWords, record } = await makeRecoveryRecord(deps, owner, masterKey);
    await deps.stores.users.setRecovery(user.id, record);
    return {
      outcome: 'words',
      ...(await startSession(deps, { ...session, stage: 'joining', recoveryWords })),
    };
  }
  if (!user.emailVerifiedAt) {
    await requestAccountMail(deps, user.id, 'verify-email');
    return { outcome: 'unverified' };
  }
  return { outcome: 'logged-in', ...(await startSession(deps, { ...session, stage: 'full' })) };
}

/** Rewraps the master key when the account was made under weaker parameters than today's. */
async function upgradeKdf(deps: Deps, user: User, password: string, masterKey: Bytes): Promise<void> {
  const weaker =
    user.kdfMemoryKiB < currentKdfParams.memoryKiB || user.kdfIterations < currentKdfParams.iterations;
  if (!weaker) return;
  const owner = { userId: user.id, epoch: user.keyEpoch };
  await deps.stores.users.setPasswordKeys(
    user.id,
    await makePasswordRecord(deps, owner, password, masterKey),
  );
}

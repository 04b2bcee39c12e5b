import type { Bytes } from '#core/bytes.ts';
import { credentialsJustChanged } from '../accounts/credentials.ts';
import { makeRecoveryRecord } from '../accounts/make-key-records.ts';
import { requestAccountMail } from '../accounts/request-account-mail.ts';
import { requireAssisted } from '../accounts/require-assisted.ts';
import { type StartedSession, startSession } from '../accounts/start-session.ts';
import type { User } from '../accounts/user.store.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { factorsOf } from '../second-factor/factors-of.ts';
import type { PasswordProof } from './password-proof.ts';
import { type PendingChallenge, startPendingLogIn } from './pending-log-in.ts';

export type Admission =
  | ({ outcome: 'logged-in' } & StartedSession)
  /**
   * The recovery words were never confirmed: new ones wait at `/join/words`, or the browser makes
   * them.
   */
  | ({ outcome: 'words' } & StartedSession)
  /**
   * The address is not verified: a new link is on its way. The session can only read and correct
   * the address.
   */
  | ({ outcome: 'unverified' } & StartedSession);

/** The outcome of a login whose password was right. */
export type LogInResult =
  | Admission
  /** A code or a passkey is needed too; the challenge identifies this login until then. */
  | ({ outcome: 'second-factor' } & PendingChallenge);

/**
 * Continues a login after the right password. Asks for a second factor before anything else, since
 * even new recovery words must not be shown without it.
 */
export async function completePasswordStep(
  deps: Deps,
  user: User,
  proven: PasswordProof,
  device: { userAgent: string },
): Promise<LogInResult> {
  const { on } = await factorsOf(deps, user.id);
  if (!on) return completeLogIn(deps, user, proven, device);
  const pending = await startPendingLogIn(deps, user, proven);
  return { outcome: 'second-factor', ...pending };
}

/**
 * Completes a login once everything is proven.
 *
 * @param user the account as it was when the password was compared
 * @throws {AppError} `forbidden` for a locked demo account, and when the owner turned assisted mode
 *   off in the meantime; `unauthenticated` when the password was changed in the meantime.
 */
export async function completeLogIn(
  deps: Deps,
  user: User,
  proven: PasswordProof,
  { userAgent }: { userAgent: string },
): Promise<Admission> {
  if (proven.mode === 'assisted') requireAssisted(user);
  if (user.lockedAt)
    throw new AppError(
      'forbidden',
      'You can use the demo accounts only on the computer that runs the server.',
    );
  const masterKey = proven.mode === 'assisted' ? proven.masterKey : null;
  const session = { user, masterKey, userAgent };
  if (!user.recoveryConfirmedAt) {
    const words = masterKey && { recoveryPhrase: await newWords(deps, user, masterKey) };
    return {
      outcome: 'words',
      ...(await startSession(deps, { ...session, ...words, stage: 'joining' })),
    };
  }
  if (!user.emailVerifiedAt) {
    await requestAccountMail(deps, user.id, 'verify-email');
    const waiting = { user, masterKey: null, userAgent, stage: 'waiting' } as const;
    return { outcome: 'unverified', ...(await startSession(deps, waiting)) };
  }
  return { outcome: 'logged-in', ...(await startSession(deps, { ...session, stage: 'full' })) };
}

async function newWords(deps: Deps, user: User, masterKey: Bytes): Promise<string[]> {
  const owner = { userId: user.id, epoch: user.keyEpoch };
  const { words, record } = await makeRecoveryRecord(deps, owner, masterKey);
  // The replaced words were never confirmed, so devices stay known.
  if (!(await deps.stores.users.setRecovery(user, record, user.credentialsSince)))
    throw credentialsJustChanged();
  if (user.emailVerifiedAt) await requestAccountMail(deps, user.id, 'words-renewed');
  return words;
}

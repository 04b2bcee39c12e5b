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
  /** Logged in. */
  | ({ outcome: 'logged-in' } & StartedSession)
  /** The recovery words were never confirmed: new ones wait at `/join/words`, or are to be made in the browser. */
  | ({ outcome: 'words' } & StartedSession)
  /** The address is not verified yet: a new link is on its way to it. The session can see and correct it, and no more. */
  | ({ outcome: 'unverified' } & StartedSession);

/** What becomes of a log-in whose password was right. */
export type LogInResult =
  | Admission
  /** A code or a passkey is wanted too; until it comes, the challenge stands for this log-in. */
  | ({ outcome: 'second-factor' } & PendingChallenge);

/**
 * Decides what happens after the right password. A second factor is asked for before anything else: without it,
 * nobody may be shown new recovery words either.
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
 * Lets in a person who has proven everything that is asked for.
 *
 * @param user the account as it was when the password was compared
 * @throws {AppError} `forbidden` for a demo friend who is locked, and when the owner has forbidden such sessions since the password was typed;
 *   `unauthenticated` when the password was changed in the meantime.
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
    const waiting = { user, masterKey: null, userAgent, stage: 'joining' } as const;
    return { outcome: 'unverified', ...(await startSession(deps, waiting)) };
  }
  return { outcome: 'logged-in', ...(await startSession(deps, { ...session, stage: 'full' })) };
}

async function newWords(deps: Deps, user: User, masterKey: Bytes): Promise<string[]> {
  const owner = { userId: user.id, epoch: user.keyEpoch };
  const { words, record } = await makeRecoveryRecord(deps, owner, masterKey);
  // The words they replace were never confirmed: devices stay known.
  if (!(await deps.stores.users.setRecovery(user, record, user.credentialsSince)))
    throw credentialsJustChanged();
  if (user.emailVerifiedAt) await requestAccountMail(deps, user.id, 'words-renewed');
  return words;
}

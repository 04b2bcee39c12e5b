import { type Bytes, fromBase64Url, randomBytes, toBase64Url, toHex } from '#core/bytes.ts';
import { openSession, sealSession } from '#core/crypto/index.ts';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import type { User } from '../accounts/user.store.ts';
import { findHashed } from '../crypto/server-keys.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { PasswordProof } from './password-proof.ts';
import type { PendingLogIn } from './pending-log-in.store.ts';

const pendingLifetime = 10 * MINUTE;
const TRIES = 5;

export interface PendingChallenge {
  /** The user's half, base64url of 32 bytes: returned once, never stored by the server. */
  challenge: string;
  expiresAt: Date;
}

/**
 * Starts waiting for a second factor after the right password. This is not a session and grants no
 * access. An assisted login's master key is sealed under both halves, like a session's, so the
 * database alone cannot open it. For a sealed login the server has no key, and returns the wrapped
 * ones only afterwards.
 */
export async function startPendingLogIn(
  deps: Deps,
  user: User,
  proven: PasswordProof,
): Promise<PendingChallenge> {
  const masterKey = proven.mode === 'assisted' ? proven.masterKey : null;
  const half = randomBytes(32);
  const serverHalf = randomBytes(32);
  const challenge = toBase64Url(half);
  const now = deps.now();
  const expiresAt = new Date(now.getTime() + pendingLifetime);
  const id = newId();
  await deps.stores.pendingLogIns.insert({
    id,
    tokenHash: await deps.serverKeys.hashToken(challengeText(challenge)),
    userId: user.id,
    mode: proven.mode,
    passwordHash: await deps.serverKeys.hashToken(passwordText(user)),
    serverHalf: masterKey ? serverHalf : null,
    sealedKeys: masterKey ? await sealSession(half, serverHalf, masterKey, contextOf(user.id)) : null,
    triesLeft: TRIES,
    createdAt: now,
    expiresAt,
  });
  await deps.stores.pendingLogIns.endOldest(user.id, limits.pendingLogIns, id);
  return { challenge, expiresAt };
}

/**
 * Finds the login a challenge belongs to, without using it up.
 *
 * @throws {AppError} `unauthenticated` for one that is unknown, used or expired, or whose password
 *   was changed since.
 */
export async function findPendingLogIn(
  deps: Deps,
  challenge: string,
): Promise<{ pending: PendingLogIn; user: User }> {
  const hashes = deps.serverKeys.hashesOf(challengeText(challenge));
  const pending = await findHashed(hashes, deps.stores.pendingLogIns.findByTokenHash);
  const user =
    pending && pending.expiresAt > deps.now() ? await deps.stores.users.findById(pending.userId) : null;
  if (!pending || !user) throw spentLogIn();
  const ofPassword = await deps.serverKeys.hashesOf(passwordText(user));
  if (!ofPassword.includes(pending.passwordHash)) throw spentLogIn();
  return { pending, user };
}

/**
 * Uses up one of five attempts before anything is compared; the last wrong one ends the login.
 *
 * @throws {AppError} `unauthenticated` when none is left; `conflict` when two came at once.
 */
export async function spendTry(deps: Deps, pending: PendingLogIn): Promise<void> {
  if (pending.triesLeft < 1) throw spentLogIn();
  if (await deps.stores.pendingLogIns.spendTry(pending)) return;
  throw new AppError('conflict', 'Two attempts came in at once. Please try again.');
}

/**
 * Uses a pending login up: of several concurrent callers, one continues.
 *
 * @returns the master key of an assisted login; null for a sealed one
 * @throws {AppError} `unauthenticated` when another caller was first.
 */
export async function consumePendingLogIn(
  deps: Deps,
  challenge: string,
  pending: PendingLogIn,
): Promise<Bytes | null> {
  if (!(await deps.stores.pendingLogIns.consume(pending.id))) throw spentLogIn();
  const { serverHalf, sealedKeys, userId } = pending;
  if (!serverHalf || !sealedKeys) return null;
  return openSession(fromBase64Url(challenge), serverHalf, sealedKeys, contextOf(userId));
}

function spentLogIn(): AppError {
  return new AppError('unauthenticated', 'This login has expired or was already used. Please log in again.');
}

const challengeText = (challenge: string) => `pending-log-in:${challenge}`;
const passwordText = (user: User) => `pending-log-in-password:${toHex(user.authVerifier)}`;

const contextOf = (userId: string) => `pending-log-in:${userId}`;

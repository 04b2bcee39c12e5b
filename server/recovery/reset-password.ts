import { setTimeout as wait } from 'node:timers/promises';
import type { Bytes } from '#core/bytes.ts';
import {
  CryptoRefusal,
  createIdentity,
  deriveRecoveryKeys,
  newMasterKey,
  parseRecoveryPhrase,
  unwrapMasterKey,
} from '#core/crypto/index.ts';
import type { ResetInput, ResetWithoutRecoveryInput } from '#core/schemas/recovery.ts';
import { withSecret } from '#core/with-secret.ts';
import { claimLink, findLink, spentLink } from '../accounts/claim-link.ts';
import { nextChange } from '../accounts/credentials.ts';
import { makePasswordRecord, makeRecoveryRecord } from '../accounts/make-key-records.ts';
import { requestAccountMail } from '../accounts/request-account-mail.ts';
import { requireAssisted } from '../accounts/require-assisted.ts';
import { type StartedSession, startSession } from '../accounts/start-session.ts';
import type { KeyReplacement, SeenCredentials, User } from '../accounts/user.store.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { requireCode } from '../second-factor/require-code.ts';
import type { From } from '../second-factor/spend-code.ts';

/**
 * Mails a reset link to the verified owner of this address. An unknown address gets the same answer
 * after the same time.
 */
export async function requestReset(deps: Deps, email: string): Promise<void> {
  const mail = async () => {
    const user = await deps.stores.users.findByEmail(email);
    if (user?.emailVerifiedAt && !user.lockedAt) await requestAccountMail(deps, user.id, 'reset-password');
  };
  await Promise.all([mail(), wait(RESET_ANSWER_MS)]);
}

/** Longer than counting a mail and trying to enqueue it to an unreachable queue takes. */
const RESET_ANSWER_MS = 250;

/**
 * Sets a new password, given the recovery words: rewraps the master key under both, so no letter is
 * lost. Ends all sessions, invalidates the old words, and starts a session with new words to
 * confirm. Only success uses the link up, so a mistyped word costs just an attempt.
 *
 * @throws {AppError} `not-found` for a spent link; `invalid-input` on `words`, naming the first
 *   that is not in the word list, and on `code` when the account has a second factor.
 */
export async function resetPassword(deps: Deps, input: ResetInput, device: From): Promise<StartedSession> {
  const user = await findLink(deps, 'reset-password', input.token);
  requireAssisted(user);
  return withSecret(openWithPhrase(deps, user, input.words), async (masterKey) => {
    await requireCode(deps, user.id, input.code, device);
    await claimLink(deps, 'reset-password', input.token);
    const owner = { userId: user.id, epoch: user.keyEpoch };
    const password = await makePasswordRecord(deps, owner, input.password, masterKey);
    return replaceKeys(deps, user, password, masterKey, device);
  });
}

/**
 * Resets an account without its recovery words: it continues with new keys. Letters sealed to the
 * old keys stay sealed for good; friends see a changed safety number.
 *
 * @throws {AppError} `not-found` for a spent link; `invalid-input` on `code` when the account has a
 *   second factor.
 */
export async function resetWithoutRecovery(
  deps: Deps,
  input: ResetWithoutRecoveryInput,
  device: From,
): Promise<StartedSession> {
  const user = await findLink(deps, 'reset-password', input.token);
  requireAssisted(user);
  await requireCode(deps, user.id, input.code, device);
  await claimLink(deps, 'reset-password', input.token);
  const epoch = user.keyEpoch + 1;
  const owner = { userId: user.id, epoch };
  return withSecret(newMasterKey(), async (masterKey) => {
    const password = await makePasswordRecord(deps, owner, input.password, masterKey);
    const identity = await createIdentity(masterKey, owner);
    await retireIdentity(deps, user);
    const fresh = {
      ...password,
      keyEpoch: epoch,
      identityPublicKey: identity.publicKey,
      wrappedIdentityKey: identity.wrappedPrivateKey,
    };
    return replaceKeys(deps, { ...user, keyEpoch: epoch }, fresh, masterKey, device);
  });
}

/**
 * Stores the old public key, so friends can still verify letters this user wrote under it. Open
 * invitations end: their links name the old key.
 */
export async function retireIdentity(deps: Deps, user: User): Promise<void> {
  await deps.stores.invitations.deleteByInviter(user.id);
  await deps.stores.retiredKeys.insert({
    userId: user.id,
    epoch: user.keyEpoch,
    publicKey: user.identityPublicKey,
    retiredAt: deps.now(),
  });
}

export const otherPhrase =
  'These recovery words don’t belong to this account. Are they from your newest list?';

async function openWithPhrase(deps: Deps, user: User, typed: string): Promise<Bytes> {
  try {
    const recovery = await deriveRecoveryKeys(parseRecoveryPhrase(typed));
    if (await deps.serverKeys.verify(recovery.authKey, user.recoveryVerifier)) {
      const context = { userId: user.id, epoch: user.keyEpoch, purpose: 'recovery' } as const;
      return await unwrapMasterKey(user.wrappedAmkRecovery, recovery.kek, context);
    }
  } catch (error) {
    if (!(error instanceof CryptoRefusal)) throw error;
    if (error.reason === 'bad-words') throw wrongPhrase(error.message);
  }
  throw wrongPhrase(otherPhrase);
}

async function replaceKeys(
  deps: Deps,
  user: User,
  keys: Omit<KeyReplacement, 'wrappedAmkRecovery' | 'recoveryVerifier' | 'recoveryConfirmedAt'>,
  masterKey: Bytes,
  device: { userAgent: string },
): Promise<StartedSession> {
  const recovery = await makeRecoveryRecord(deps, { userId: user.id, epoch: user.keyEpoch }, masterKey);
  return startSession(deps, {
    user: await writeKeys(deps, user, { ...keys, ...recovery.record }),
    stage: 'joining',
    masterKey,
    recoveryPhrase: recovery.words,
    userAgent: device.userAgent,
  });
}

/**
 * Replaces an account's keys, ends every session and reset link, and mails the owner. Of two
 * concurrent links one wins.
 *
 * @param user the account as it was when the link was found
 * @returns the credentials to base a new session on
 * @throws {AppError} `not-found` when password or words changed since, perhaps through another
 *   link.
 */
export async function writeKeys(
  deps: Deps,
  user: User,
  keys: Omit<KeyReplacement, 'recoveryConfirmedAt'>,
): Promise<SeenCredentials> {
  const { id } = user;
  const since = nextChange(user, deps.now());
  if (!(await deps.stores.users.replaceKeys(user, { ...keys, recoveryConfirmedAt: null }, since)))
    throw spentLink();
  await deps.stores.sessions.deleteByUser(id);
  await deps.stores.tokens.deleteByUser(id, 'reset-password');
  await requestAccountMail(deps, id, 'password-changed');
  return { id, credentialsSince: since };
}

/** @returns the refusal of words that belong to another account, or are no valid phrase. */
export function wrongPhrase(message: string): AppError {
  return new AppError('invalid-input', message, { fields: { words: message } });
}

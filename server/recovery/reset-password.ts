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
 * Mails a reset link to the verified owner of this address. An address nobody has gets the same answer after the same
 * time.
 */
export async function requestReset(deps: Deps, email: string): Promise<void> {
  const mail = async () => {
    const user = await deps.stores.users.findByEmail(email);
    if (user?.emailVerifiedAt && !user.lockedAt) await requestAccountMail(deps, user.id, 'reset-password');
  };
  await Promise.all([mail(), wait(RESET_ANSWER_MS)]);
}

/** Longer than it takes to count a mail and to put it into a queue that is away over the network. */
const RESET_ANSWER_MS = 250;

/**
 * Sets a new password with the recovery words: the master key is wrapped anew under both, so no letter is lost. All
 * sessions end, the old words stop working, and new ones wait to be written down in the session this starts. The link
 * is used up only by success, so that a mistyped word costs nothing but a try.
 *
 * @throws {AppError} `not-found` for a spent link; `invalid-input` on `words`, naming the wrong one where it is no word of
 *   the list, and on `code` where the account has a second factor.
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
 * For somebody who has lost the words too: the account goes on with fresh keys. Letters sealed to the old ones stay
 * sealed for good; friends see a changed safety number.
 *
 * @throws {AppError} `not-found` for a spent link; `invalid-input` on `code` where the account has a second factor.
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

/** Letters this person wrote under the old key are still checked against it by their friends. */
export async function retireIdentity(deps: Deps, user: User): Promise<void> {
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
 * New keys in place of the old ones: every session ends, every reset link with it, and a mail says so. Of two links used at
 * once one wins.
 *
 * @param user the account as it was when the link was looked at
 * @returns the credentials a new session stands on
 * @throws {AppError} `not-found` when password or words were changed since, by another link perhaps.
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

/** @returns the refusal of words that are not this account's, or no words at all. */
export function wrongPhrase(message: string): AppError {
  return new AppError('invalid-input', message, { fields: { words: message } });
}

import type { KeyOwner } from '#core/accounts/password-record.ts';
import type { SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import type {
  OpenResetInput,
  ResetSealedInput,
  ResetWithoutRecoverySealedInput,
} from '#core/schemas/sealed-accounts.ts';
import { claimLink, findLink } from '../accounts/claim-link.ts';
import { keepPassword, keepRecovery } from '../accounts/make-key-records.ts';
import { sealedAccount } from '../accounts/sealed-account.ts';
import { secretVersionOf } from '../accounts/secret-version.ts';
import { type StartedSession, startSession } from '../accounts/start-session.ts';
import type { SeenCredentials, User } from '../accounts/user.store.ts';
import type { Deps } from '../deps.ts';
import { requireCode } from '../second-factor/require-code.ts';
import type { From } from '../second-factor/spend-code.ts';
import { otherPhrase, retireIdentity, writeKeys, wrongPhrase } from './reset-password.ts';

/**
 * The keys a browser needs to unwrap the master key with the words and wrap it under a new
 * password.
 */
type ResetKeys = SealedAccount & { username: string };

/**
 * Returns the wrapped master key, given the link and the words. The link stays valid until the new
 * password is set.
 *
 * @throws {AppError} `not-found` for a spent link; `invalid-input` on `words` of another account.
 */
export async function openReset(deps: Deps, input: OpenResetInput): Promise<ResetKeys> {
  const user = await findByPhrase(deps, input);
  const account = await sealedAccount(deps, user);
  return { ...account, wrappedAmk: user.wrappedAmkRecovery, username: user.username };
}

/**
 * Stores a new password and new words that were sealed in the browser. Ends all sessions and starts
 * one for confirming the words.
 *
 * @throws {AppError} as {@link openReset}; `invalid-input` on `code` when the account has a second
 *   factor.
 */
export async function resetSealed(
  deps: Deps,
  input: ResetSealedInput,
  device: From,
): Promise<StartedSession> {
  const user = await findByPhrase(deps, input);
  await requireCode(deps, user.id, input.code, device);
  await claimLink(deps, 'reset-password', input.token);
  const written = await writeKeys(deps, user, {
    ...(await keepPassword(deps, secretVersionOf(user), input.password)),
    ...(await keepRecovery(deps, input.recovery)),
  });
  return joining(deps, written, device);
}

/**
 * Returns the account to make new keys for, and the new epoch's key share, which opens nothing old.
 */
export async function beginResetWithoutRecovery(
  deps: Deps,
  token: string,
): Promise<KeyOwner & { username: string; keyShare: Bytes }> {
  const user = await findLink(deps, 'reset-password', token);
  const epoch = user.keyEpoch + 1;
  const keyShare = await deps.serverKeys.keyShare(user.id, epoch);
  return {
    userId: user.id,
    epoch,
    username: user.username,
    keyShare,
    secretVersion: deps.serverKeys.version,
  };
}

/**
 * Stores new keys that were made in the browser; letters sealed to the old ones stay sealed for
 * good.
 *
 * @throws {AppError} `not-found` for a spent link; `invalid-input` on `code` when the account has a
 *   second factor.
 */
export async function resetWithoutRecoverySealed(
  deps: Deps,
  input: ResetWithoutRecoverySealedInput,
  device: From,
): Promise<StartedSession> {
  const user = await findLink(deps, 'reset-password', input.token);
  await requireCode(deps, user.id, input.code, device);
  await claimLink(deps, 'reset-password', input.token);
  const { identityPublicKey, wrappedIdentityKey } = input;
  await retireIdentity(deps, user);
  const written = await writeKeys(deps, user, {
    ...(await keepPassword(deps, deps.serverKeys.version, input.password)),
    ...(await keepRecovery(deps, input.recovery)),
    keyEpoch: user.keyEpoch + 1,
    identityPublicKey,
    wrappedIdentityKey,
  });
  return joining(deps, written, device);
}

async function findByPhrase(deps: Deps, { token, phraseKey }: OpenResetInput): Promise<User> {
  const user = await findLink(deps, 'reset-password', token);
  if (!(await deps.serverKeys.verify(phraseKey, user.recoveryVerifier))) throw wrongPhrase(otherPhrase);
  return user;
}

function joining(
  deps: Deps,
  user: SeenCredentials,
  { userAgent }: { userAgent: string },
): Promise<StartedSession> {
  return startSession(deps, { user, stage: 'joining', masterKey: null, userAgent });
}

import type { ChangePasswordInput } from '#core/schemas/recovery.ts';
import { withSecret } from '#core/with-secret.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { changedElsewhere, nextChange } from './credentials.ts';
import { makePasswordRecord, makeRecoveryRecord } from './make-key-records.ts';
import { proveTyped } from './prove-password.ts';
import { requestAccountMail } from './request-account-mail.ts';
import type { StartedSession } from './start-session.ts';
import type { PasswordKeysUpdate, User } from './user.store.ts';

/**
 * Sets a new password, logs out every other device and mails the owner. Returns a new session for
 * this device, so that a stolen copy of its old cookie becomes useless too.
 *
 * @throws {AppError} `invalid-input` when the current password is wrong; `conflict` as {@link
 *   keepNewPassword}.
 */
export async function changePassword(
  deps: Deps,
  actor: Actor,
  input: ChangePasswordInput,
): Promise<StartedSession> {
  const { user, masterKey } = await proveTyped(deps, actor, input.current);
  const owner = { userId: user.id, epoch: user.keyEpoch };
  const record = await withSecret(masterKey, () =>
    makePasswordRecord(deps, owner, input.password, masterKey),
  );
  return keepNewPassword(deps, actor, user, record);
}

/**
 * Stores a new password, ends all sessions, starts a new one for this device and mails the owner.
 *
 * @throws {AppError} `conflict` when password or words changed since the account was read.
 */
export async function keepNewPassword(
  deps: Deps,
  actor: Actor,
  user: User,
  record: PasswordKeysUpdate,
): Promise<StartedSession> {
  const since = nextChange(user, deps.now());
  if (!(await deps.stores.users.setPasswordKeys(user, record, since))) throw changedElsewhere();
  await deps.stores.sessions.deleteByUser(user.id, actor.sessionId);
  await requestAccountMail(deps, user.id, 'password-changed');
  return actor.renewSession(since);
}

/**
 * Creates new recovery words, which stay in this session until they are confirmed. The old ones
 * stop working at once.
 *
 * @throws {AppError} `invalid-input` when the password is wrong.
 */
export async function renewRecoveryPhrase(deps: Deps, actor: Actor, password: string): Promise<void> {
  const { user, masterKey } = await proveTyped(deps, actor, password);
  const owner = { userId: user.id, epoch: user.keyEpoch };
  const { words, record } = await withSecret(masterKey, () => makeRecoveryRecord(deps, owner, masterKey));
  await actor.storePendingPhrase(words);
  await storeNewPhrase(deps, user, record);
}

/**
 * Stores new recovery words and mails the owner.
 *
 * @throws {AppError} `conflict` as {@link keepNewPassword}.
 */
export async function storeNewPhrase(
  deps: Deps,
  user: User,
  record: Pick<User, 'wrappedAmkRecovery' | 'recoveryVerifier'>,
): Promise<void> {
  const since = nextChange(user, deps.now());
  if (!(await deps.stores.users.setRecovery(user, record, since))) throw changedElsewhere();
  await requestAccountMail(deps, user.id, 'words-renewed');
}

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
 * Sets a new password. Every other device is logged out, and a mail reports it. This device continues in a new
 * session, which is returned, so that a stolen copy of its old cookie is useless as well.
 *
 * @throws {AppError} `invalid-input` when the current password is wrong; `conflict` as {@link keepNewPassword}.
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
 * Writes a new password down, ends every other session, and has a mail sent; this session goes on as a new one.
 *
 * @throws {AppError} `conflict` when password or words were changed since the account was read.
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
 * Makes new recovery words. They wait in this session until they are confirmed; the old ones stop working at once.
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
 * Writes new recovery words down, and has a mail sent.
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

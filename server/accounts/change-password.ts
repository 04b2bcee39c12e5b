import type { Bytes } from '#core/bytes.ts';
import type { ChangePasswordInput } from '#core/schemas/recovery.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { checkPassword } from './check-password.ts';
import { makePasswordRecord, makeRecoveryRecord } from './make-key-records.ts';
import { requestAccountMail } from './request-account-mail.ts';
import type { StartedSession } from './start-session.ts';
import type { User } from './user.store.ts';

/**
 * The person types their password again, before something that must be theirs to do.
 *
 * @throws {AppError} `invalid-input` on `current` when it is wrong.
 */
export async function confirmPassword(
  deps: Deps,
  actor: Actor,
  password: string,
): Promise<{ user: User; masterKey: Bytes }> {
  await deps.limits.count('password again by account', actor.userId);
  const user = await deps.stores.users.findById(actor.userId);
  const masterKey = await checkPassword(deps, actor.username, user, password);
  if (!user || !masterKey) {
    const message = 'This is not your password. Check it and try again.';
    throw new AppError('invalid-input', message, { fields: { current: message } });
  }
  return { user, masterKey };
}

/**
 * Sets a new password; every other device is logged out, and a mail says so. This device goes on in a new session, which
 * is returned: whoever has a copy of its cookie is out, too.
 *
 * @throws {AppError} `invalid-input` when the current password is wrong.
 */
export async function changePassword(
  deps: Deps,
  actor: Actor,
  input: ChangePasswordInput,
): Promise<StartedSession> {
  const { user, masterKey } = await confirmPassword(deps, actor, input.current);
  const owner = { userId: user.id, epoch: user.keyEpoch };
  await deps.stores.users.setPasswordKeys(
    user.id,
    await makePasswordRecord(deps, owner, input.password, masterKey),
  );
  await deps.stores.sessions.deleteByUser(user.id, actor.sessionId);
  const renewed = await actor.renewSession();
  await requestAccountMail(deps, user.id, 'password-changed');
  return renewed;
}

/**
 * Makes new recovery words. They wait in this session until they are confirmed; the old ones stop working at once.
 *
 * @throws {AppError} `invalid-input` when the password is wrong.
 */
export async function renewWords(deps: Deps, actor: Actor, password: string): Promise<void> {
  const { user, masterKey } = await confirmPassword(deps, actor, password);
  const { words, record } = await makeRecoveryRecord(
    deps,
    { userId: user.id, epoch: user.keyEpoch },
    masterKey,
  );
  await actor.keepWords(words);
  await deps.stores.users.setRecovery(user.id, record);
}

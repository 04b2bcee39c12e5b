import { createIdentity, newMasterKey } from '#core/crypto/index.ts';
import { newFriendCode, newId } from '#core/id.ts';
import type { JoinInput } from '#core/schemas/accounts.ts';
import { withSecret } from '#core/with-secret.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { makePasswordRecord, makeRecoveryRecord } from './make-key-records.ts';
import { nameHashes } from './name-hash.ts';
import { type StartedSession, startSession } from './start-session.ts';
import type { NewUser } from './user.store.ts';

/**
 * Creates an account with all its keys, and a session that shows the recovery words until they are
 * confirmed. An address that another user has verified is accepted without comment, so that joining
 * does not reveal it: only its owner is notified, by mail, and the new account can never verify it.
 *
 * @throws {AppError} `conflict` when the username is taken.
 */
export async function join(
  deps: Deps,
  input: JoinInput,
  device: { userAgent: string },
): Promise<StartedSession> {
  await requireFreeName(deps, input.username);
  const userId = newId();
  const epoch = 1;
  const owner = { userId, epoch };
  return withSecret(newMasterKey(), async (masterKey) => {
    const password = await makePasswordRecord(deps, owner, input.password, masterKey);
    const recovery = await makeRecoveryRecord(deps, owner, masterKey);
    const identity = await createIdentity(masterKey, owner);

    await insertAccount(deps, {
      id: userId,
      username: input.username,
      email: input.email,
      mobile: input.mobile,
      ...password,
      ...recovery.record,
      keyEpoch: epoch,
      identityPublicKey: identity.publicKey,
      wrappedIdentityKey: identity.wrappedPrivateKey,
    });
    return startSession(deps, {
      user: { id: userId, credentialsSince: null },
      stage: 'joining',
      masterKey,
      recoveryPhrase: recovery.words,
      userAgent: device.userAgent,
    });
  });
}

/**
 * Refuses a username that is or was taken: a former user's friends must not mistake a newcomer for
 * them.
 *
 * @throws {AppError} `conflict`
 */
export async function requireFreeName(deps: Deps, username: string): Promise<void> {
  const { users, formerNames } = deps.stores;
  const former = await formerNames.hasAny(await nameHashes(deps, username));
  if (former || (await users.findByUsername(username))) throw usernameTaken();
}

type Account = Omit<NewUser, 'displayName' | 'mobile' | 'createdAt' | 'friendCode'> & {
  mobile?: string | undefined;
};

/**
 * Stores a new account.
 *
 * @throws {AppError} `conflict` when the username is taken; `unavailable` when no free friend code
 *   is found.
 */
export async function insertAccount(deps: Deps, input: Account): Promise<void> {
  const account = {
    ...input,
    displayName: input.username,
    mobile: input.mobile ?? null,
    createdAt: deps.now(),
  };
  // 50 random bits hardly ever collide, but they can.
  let outcome = await deps.stores.users.insert({ ...account, friendCode: newFriendCode() });
  if (outcome === 'code-taken')
    outcome = await deps.stores.users.insert({ ...account, friendCode: newFriendCode() });
  if (outcome === 'username-taken') throw usernameTaken();
  if (outcome !== 'inserted')
    throw new AppError('unavailable', 'We couldn’t create your account. Please try again.');
}

function usernameTaken(): AppError {
  const message = 'That username is taken. Try another one.';
  return new AppError('conflict', message, { fields: { username: message } });
}

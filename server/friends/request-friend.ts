import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { type Standing, standingOf } from './standing.ts';

export interface CodeOwner {
  username: string;
  displayName: string;
  state: Standing;
}

/**
 * Whose friend code it is, before anything is asked of them.
 *
 * @throws {AppError} `not-found` when nobody has this code.
 */
export async function lookUpCode(deps: Deps, actor: Actor, code: string): Promise<CodeOwner> {
  return describe(deps, actor, await ownerOf(deps, code));
}

/**
 * Asks the owner of a code to be friends. If they have asked already, this is the consent: the two are friends at once.
 * Asking twice changes nothing; nor does asking again too soon after a decline, which looks like the first time.
 *
 * @throws {AppError} `not-found` for an unknown code, `invalid-input` for one's own, `conflict` for somebody one has blocked.
 */
export async function requestFriend(deps: Deps, actor: Actor, code: string): Promise<CodeOwner> {
  const owner = await ownerOf(deps, code);
  const request = { userId: owner.id, requestedBy: actor.userId, at: deps.now() };
  const { state } = await describe(deps, actor, owner);
  if (state === 'yourself') {
    const message = 'This is your own code. Give it to a friend, and type theirs here.';
    throw new AppError('invalid-input', message, { fields: { code: message } });
  }
  if (state === 'blocked')
    throw new AppError('conflict', 'You have blocked this person. Unblock them first.');
  if (state === 'none') {
    const inserted = await deps.stores.friendships.insertRequest(request);
    if (inserted === 'exists') await deps.stores.friendships.reopen(request);
  }
  // Either they asked before, or both asked at the same moment: accepting is a no-op unless they were the one to ask.
  await deps.stores.friendships.accept(actor.userId, owner.id, actor.userId, deps.now());
  return describe(deps, actor, owner);
}

async function ownerOf(deps: Deps, code: string): Promise<User> {
  const owner = await deps.stores.users.findByFriendCode(code);
  if (owner?.emailVerifiedAt) return owner;
  const message =
    'Nobody has this code. Codes change when their owner asks for a new one: ask your friend again.';
  throw new AppError('not-found', message, { fields: { code: message } });
}

async function describe(deps: Deps, actor: Actor, other: User): Promise<CodeOwner> {
  const { username, displayName } = other;
  if (other.id === actor.userId) return { username, displayName, state: 'yourself' };
  const friendship = await deps.stores.friendships.find(actor.userId, other.id);
  return { username, displayName, state: standingOf(friendship, actor.userId, deps.now()) };
}

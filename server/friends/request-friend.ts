import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/** How two people stand, seen from the one who asks. */
export type FriendState = 'none' | 'asked' | 'asks-you' | 'friends' | 'yourself';

export interface CodeOwner {
  username: string;
  displayName: string;
  state: FriendState;
}

/**
 * Who a friend code belongs to, before anything is asked of them.
 *
 * @throws {AppError} `not-found` when nobody has this code.
 */
export async function lookUpCode(deps: Deps, actor: Actor, code: string): Promise<CodeOwner> {
  const owner = await ownerOf(deps, code);
  return {
    username: owner.username,
    displayName: owner.displayName,
    state: await stateBetween(deps, actor, owner),
  };
}

/**
 * Asks the owner of a code to be friends. If they have asked already, this is the consent: the two are friends at once.
 * Asking twice changes nothing.
 *
 * @throws {AppError} `not-found` for an unknown code, `invalid-input` for one's own.
 */
export async function requestFriend(deps: Deps, actor: Actor, code: string): Promise<CodeOwner> {
  const owner = await ownerOf(deps, code);
  const names = { username: owner.username, displayName: owner.displayName };
  const state = await stateBetween(deps, actor, owner);
  if (state === 'yourself') {
    const message = 'This is your own code. Give it to a friend, and type theirs here.';
    throw new AppError('invalid-input', message, { fields: { code: message } });
  }
  if (state === 'none') {
    const outcome = await deps.stores.friendships.insertRequest({
      userId: owner.id,
      requestedBy: actor.userId,
      at: deps.now(),
    });
    if (outcome === 'inserted') return { ...names, state: 'asked' };
  }
  // Either they asked before, or both asked at the same moment: accepting is a no-op unless they were the one to ask.
  await deps.stores.friendships.accept(actor.userId, owner.id, actor.userId, deps.now());
  return { ...names, state: await stateBetween(deps, actor, owner) };
}

async function ownerOf(deps: Deps, code: string): Promise<User> {
  const owner = await deps.stores.users.findByFriendCode(code);
  if (owner?.emailVerifiedAt) return owner;
  const message =
    'Nobody has this code. Codes change when their owner asks for a new one: ask your friend again.';
  throw new AppError('not-found', message, { fields: { code: message } });
}

async function stateBetween(deps: Deps, actor: Actor, other: User): Promise<FriendState> {
  if (other.id === actor.userId) return 'yourself';
  const friendship = await deps.stores.friendships.find(actor.userId, other.id);
  if (!friendship) return 'none';
  if (friendship.state === 'accepted') return 'friends';
  return friendship.requestedBy === actor.userId ? 'asked' : 'asks-you';
}

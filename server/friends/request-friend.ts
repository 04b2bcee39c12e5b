import { limits } from '#core/schemas/limits.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { Friendship } from './friendship.store.ts';
import { enqueueFriendNotice, planFriendNotice, planRequestNotice } from './plan-friend-notice.ts';
import { isCoolingDown, type Relationship, relationshipOf } from './relationship.ts';

export interface CodeOwner {
  username: string;
  displayName: string;
  state: Relationship;
}

/**
 * Finds the owner of a friend code, without sending a request.
 *
 * @throws {AppError} `not-found` for an unknown code.
 */
export async function lookUpCode(deps: Deps, actor: Actor, code: string): Promise<CodeOwner> {
  return describeNow(deps, actor, await ownerOf(deps, code));
}

/**
 * Sends a friend request to the owner of a code. If they have already asked, the two become friends
 * at once. Repeating it changes nothing; neither does asking again too soon after a decline, which
 * looks like any other request.
 *
 * @throws {AppError} `not-found` for an unknown code, `invalid-input` for one's own, `conflict` for
 *   a user one has blocked.
 */
export async function requestFriend(deps: Deps, actor: Actor, code: string): Promise<CodeOwner> {
  const owner = await ownerOf(deps, code);
  const request = { userId: owner.id, requestedBy: actor.userId, at: deps.now() };
  const friendship = await deps.stores.friendships.find(actor.userId, owner.id);
  const { state } = describe(actor, owner, friendship);
  if (state === 'yourself') {
    const message = 'That’s your own code. Enter your friend’s code here.';
    throw new AppError('invalid-input', message, { fields: { code: message } });
  }
  if (state === 'blocked') throw new AppError('conflict', 'You’ve blocked this person. Unblock them first.');
  if (isCoolingDown(friendship, actor.userId, deps.now())) {
    await deps.stores.friendships.repeatDeclined(request);
  } else if (state === 'none' || friendship?.state === 'declined') {
    if (!friendship) await requireRoom(deps, actor.userId, owner.id);
    const told = { ...request, noticeDueAt: await planRequestNotice(deps, owner, actor.userId) };
    const inserted = await deps.stores.friendships.insertRequest(told);
    if (inserted === 'exists') await deps.stores.friendships.reopen(told);
  }
  // They asked before, or both asked at once. Accepting does nothing unless they asked.
  const due = state === 'asks-you' ? await planFriendNotice(deps, owner) : null;
  await deps.stores.friendships.accept(actor.userId, owner.id, actor.userId, deps.now(), due);
  await enqueueFriendNotice(deps, actor.userId, owner.id);
  return describeNow(deps, actor, owner);
}

/** @throws {AppError} `conflict` when either user has the maximum of friends and requests. */
export async function requireRoom({ stores }: Deps, ownId: string, otherId: string): Promise<void> {
  const count = limits.friendships;
  if ((await stores.friendships.count(ownId, count)) >= count)
    throw new AppError(
      'conflict',
      `You have ${count.toLocaleString('en')} friends and requests, the most you can have. Remove one first.`,
    );
  if ((await stores.friendships.count(otherId, count)) >= count)
    throw new AppError('conflict', 'They can’t take any more requests right now. Let them know another way.');
}

/** @throws {AppError} `not-found` for an unknown code, and for an owner who never confirmed. */
export async function ownerOf(deps: Deps, code: string): Promise<User> {
  const owner = await deps.stores.users.findByFriendCode(code);
  if (owner?.emailVerifiedAt) return owner;
  throw unknownCode();
}

export function unknownCode(): AppError {
  const message = 'No one has this code. It may have changed, so ask your friend for the current one.';
  return new AppError('not-found', message, { fields: { code: message } });
}

async function describeNow(deps: Deps, actor: Actor, other: User): Promise<CodeOwner> {
  return describe(actor, other, await deps.stores.friendships.find(actor.userId, other.id));
}

function describe(actor: Actor, { id, username, displayName }: User, between: Friendship | null): CodeOwner {
  return {
    username,
    displayName,
    state: id === actor.userId ? 'yourself' : relationshipOf(between, actor.userId),
  };
}

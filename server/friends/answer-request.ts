import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { enqueueFriendNotice, planFriendNotice } from './plan-friend-notice.ts';
import { relationshipOf } from './relationship.ts';

/**
 * Accepts a user's request; repeating it changes nothing.
 *
 * @throws {AppError} `not-found` when they have not asked.
 */
export async function acceptFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const asker = await deps.stores.users.findByUsername(username);
  const other = asker?.id ?? actor.userId;
  const due = asker && (await planFriendNotice(deps, asker));
  if (await deps.stores.friendships.accept(actor.userId, other, actor.userId, deps.now(), due))
    return enqueueFriendNotice(deps, actor.userId, other);
  const friendship = await deps.stores.friendships.find(actor.userId, other);
  if (friendship?.state !== 'accepted') throw nothingBetween();
}

/**
 * Declines a user's request without notifying them. To them it stays unanswered until they cancel
 * it, and asking again has no effect for a week.
 *
 * @throws {AppError} `not-found` when they have not asked.
 */
export async function declineFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await idOf(deps, actor, username);
  const declined = await deps.stores.friendships.decline(actor.userId, other, actor.userId, deps.now());
  if (!declined) throw nothingBetween();
}

/**
 * Ends a friendship, or cancels one's own request. Both keep the letters they exchanged.
 *
 * @throws {AppError} `not-found` when there is neither.
 */
export async function removeFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await idOf(deps, actor, username);
  const removed = await deps.stores.friendships.remove(actor.userId, other, actor.userId, deps.now());
  if (!removed) throw nothingBetween();
}

/**
 * Blocks or unblocks a friend or a user who sent a request. The blocked user is not notified: their
 * letters are withheld, and new requests have no effect.
 *
 * @throws {AppError} `not-found` when there is neither a friendship nor a request.
 */
export async function setBlocked(
  deps: Deps,
  actor: Actor,
  username: string,
  blocked: boolean,
): Promise<void> {
  const other = await idOf(deps, actor, username);
  const friendship = await deps.stores.friendships.find(actor.userId, other);
  // A declined request, or the other's block, is invisible to this user.
  if (relationshipOf(friendship, actor.userId) === 'none') throw nothingBetween();
  const at = blocked ? deps.now() : null;
  await deps.stores.friendships.setBlocked(actor.userId, other, actor.userId, at);
}

/**
 * Returns the id of a username. An unknown name gets the user's own id, with which nobody is ever
 * friends.
 */
async function idOf(deps: Deps, actor: Actor, username: string): Promise<string> {
  return (await deps.stores.users.findByUsername(username))?.id ?? actor.userId;
}

function nothingBetween(): AppError {
  return new AppError('not-found', 'There’s no request or friendship between you and this person any more.');
}

import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Accepts the request of a person. Accepting twice changes nothing.
 *
 * @throws {AppError} `not-found` when there is no request of theirs.
 */
export async function acceptFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await requireUser(deps, username);
  if (await deps.stores.friendships.accept(actor.userId, other.id, actor.userId, deps.now())) return;
  const friendship = await deps.stores.friendships.find(actor.userId, other.id);
  if (friendship?.state !== 'accepted') throw nothingBetween();
}

/**
 * Declines the request of a person. They are not told: their request looks unanswered, and they can ask again after a
 * week.
 *
 * @throws {AppError} `not-found` when there is no request of theirs.
 */
export async function declineFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await requireUser(deps, username);
  const declined = await deps.stores.friendships.decline(actor.userId, other.id, actor.userId, deps.now());
  if (!declined) throw nothingBetween();
}

/**
 * Ends a friendship, or takes back one's own request. Letters already exchanged stay with both.
 *
 * @throws {AppError} `not-found` when there is nothing between them.
 */
export async function removeFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await requireUser(deps, username);
  const removed = await deps.stores.friendships.remove(actor.userId, other.id, deps.now());
  if (!removed) throw nothingBetween();
}

/**
 * Blocks a friend or somebody who asks to be one, or lifts the block. The other is not told: what they send goes nowhere,
 * and they cannot ask again.
 *
 * @throws {AppError} `not-found` when there is nothing between them.
 */
export async function setBlocked(
  deps: Deps,
  actor: Actor,
  username: string,
  blocked: boolean,
): Promise<void> {
  const other = await requireUser(deps, username);
  const at = blocked ? deps.now() : null;
  if (!(await deps.stores.friendships.setBlocked(actor.userId, other.id, actor.userId, at)))
    throw nothingBetween();
}

async function requireUser(deps: Deps, username: string): Promise<User> {
  const user = await deps.stores.users.findByUsername(username);
  if (!user) throw nothingBetween();
  return user;
}

function nothingBetween(): AppError {
  return new AppError('not-found', 'There is nothing open between you and this person any more.');
}

import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { relationshipOf } from './relationship.ts';

/**
 * Accepts the request of a person. Accepting twice changes nothing.
 *
 * @throws {AppError} `not-found` when there is no request of theirs.
 */
export async function acceptFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await idOf(deps, actor, username);
  if (await deps.stores.friendships.accept(actor.userId, other, actor.userId, deps.now())) return;
  const friendship = await deps.stores.friendships.find(actor.userId, other);
  if (friendship?.state !== 'accepted') throw nothingBetween();
}

/**
 * Declines the request of a person. They are not told: their request looks unanswered until they take it back, and this
 * person is not asked by them again for a week.
 *
 * @throws {AppError} `not-found` when there is no request of theirs.
 */
export async function declineFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await idOf(deps, actor, username);
  const declined = await deps.stores.friendships.decline(actor.userId, other, actor.userId, deps.now());
  if (!declined) throw nothingBetween();
}

/**
 * Ends a friendship, or takes back one's own request. Letters already exchanged stay with both.
 *
 * @throws {AppError} `not-found` when there is nothing between them.
 */
export async function removeFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await idOf(deps, actor, username);
  const removed = await deps.stores.friendships.remove(actor.userId, other, actor.userId, deps.now());
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
  const other = await idOf(deps, actor, username);
  const friendship = await deps.stores.friendships.find(actor.userId, other);
  // What is kept of a declined request or of the other's block, this person does not know of.
  if (relationshipOf(friendship, actor.userId) === 'none') throw nothingBetween();
  const at = blocked ? deps.now() : null;
  await deps.stores.friendships.setBlocked(actor.userId, other, actor.userId, at);
}

/** The id behind a name. For a name nobody has it is this person's own, between whom and themselves there is nothing. */
async function idOf(deps: Deps, actor: Actor, username: string): Promise<string> {
  return (await deps.stores.users.findByUsername(username))?.id ?? actor.userId;
}

function nothingBetween(): AppError {
  return new AppError('not-found', 'There’s no request or friendship between you and this person any more.');
}

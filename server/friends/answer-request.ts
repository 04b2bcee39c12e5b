import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Accepts the request of a person. Accepting twice changes nothing.
 *
 * @throws {AppError} `not-found` when there is no request of theirs.
 */
export async function acceptFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await deps.stores.users.findByUsername(username);
  if (other && (await deps.stores.friendships.accept(actor.userId, other.id, actor.userId, deps.now())))
    return;
  const friendship = other && (await deps.stores.friendships.find(actor.userId, other.id));
  if (friendship?.state !== 'accepted') throw noSuchFriend();
}

/**
 * Ends whatever there is between two people: declines their request, takes back one's own, or removes a friend. Letters
 * already exchanged stay with both.
 *
 * @throws {AppError} `not-found` when there is nothing between them.
 */
export async function removeFriend(deps: Deps, actor: Actor, username: string): Promise<void> {
  const other = await deps.stores.users.findByUsername(username);
  if (!other || !(await deps.stores.friendships.remove(actor.userId, other.id))) throw noSuchFriend();
}

function noSuchFriend(): AppError {
  return new AppError('not-found', 'There is nothing open between you and this person any more.');
}

import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { relationshipOf } from './relationship.ts';

/**
 * Finds a friend by username, or the reason there is none. An unknown name takes as long as a known
 * one.
 */
async function lookFor(deps: Deps, actor: Actor, username: string): Promise<User | 'blocked' | 'no friend'> {
  const other = await deps.stores.users.findByUsername(username);
  const friendship = await deps.stores.friendships.find(actor.userId, other?.id ?? actor.userId);
  const relationship = relationshipOf(friendship, actor.userId);
  if (other && relationship === 'friends') return other;
  return relationship === 'blocked' ? 'blocked' : 'no friend';
}

/** Finds an accepted friend by username; null for every other name, whether it exists or not. */
export async function findFriend(deps: Deps, actor: Actor, username: string): Promise<User | null> {
  const found = await lookFor(deps, actor, username);
  return typeof found === 'string' ? null : found;
}

/**
 * Requires an accepted friend of this username. The only gate before anything that reaches another
 * user.
 *
 * @throws {AppError} `forbidden`, with the same message for a stranger, a pending request and an
 *   unknown name.
 */
export async function requireFriend(deps: Deps, actor: Actor, username: string): Promise<User> {
  const found = await lookFor(deps, actor, username);
  if (typeof found !== 'string') return found;
  const message =
    found === 'blocked'
      ? 'You’ve blocked this person. Unblock them on the Friends page to write to them.'
      : 'You can only write to friends. Ask for their friend code first, or choose a friend from the list.';
  throw new AppError('forbidden', message, { fields: { to: message } });
}

import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { relationshipOf } from './relationship.ts';

/** A friend of this name, or why there is none; a name nobody has is looked for as long as one that somebody has. */
async function lookFor(deps: Deps, actor: Actor, username: string): Promise<User | 'blocked' | 'no friend'> {
  const other = await deps.stores.users.findByUsername(username);
  const friendship = await deps.stores.friendships.find(actor.userId, other?.id ?? actor.userId);
  const relationship = relationshipOf(friendship, actor.userId);
  if (other && relationship === 'friends') return other;
  return relationship === 'blocked' ? 'blocked' : 'no friend';
}

/** The accepted friend of this name; null for everybody else, whether or not there is anybody of this name. */
export async function findFriend(deps: Deps, actor: Actor, username: string): Promise<User | null> {
  const found = await lookFor(deps, actor, username);
  return typeof found === 'string' ? null : found;
}

/**
 * The accepted friend of this name. The one gate in front of everything that reaches another person.
 *
 * @throws {AppError} `forbidden`, in the same words for a stranger, a pending request and a name nobody has.
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

import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { standingOf } from './standing.ts';

/**
 * The accepted friend of this name. The one gate in front of everything that reaches another person.
 *
 * @throws {AppError} `forbidden`, in the same words for a stranger, a pending request and a name nobody has.
 */
export async function requireFriend(deps: Deps, actor: Actor, username: string): Promise<User> {
  const friend = await deps.stores.users.findByUsername(username);
  const friendship = friend && (await deps.stores.friendships.find(actor.userId, friend.id));
  const standing = standingOf(friendship, actor.userId, deps.now());
  if (friend && standing === 'friends') return friend;
  const message =
    standing === 'blocked'
      ? 'You have blocked this person. Unblock them on the friends page to write to them.'
      : 'Letters go to friends only. Ask for their friend code first, or choose a friend from the list.';
  throw new AppError('forbidden', message, { fields: { to: message } });
}

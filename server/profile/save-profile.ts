import type { ProfileInput } from '#core/schemas/profile.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { listFriends } from '../friends/list-friends.ts';
import { lookAlike } from '../friends/look-alike.ts';

/**
 * Saves a user's display name, time zone and date format. Without a display name, the username is
 * shown.
 *
 * @throws {AppError} `invalid-input` on `displayName` when it looks like a friend's username.
 *   Checks friends only: a refusal would otherwise reveal who has an account, or who is friends
 *   with whom.
 */
export async function saveProfile(deps: Deps, actor: Actor, input: ProfileInput): Promise<void> {
  const displayName = input.displayName || actor.username;
  if (displayName !== actor.username) {
    const { friends } = await listFriends(deps, actor);
    const friend = friends.find(({ username }) => lookAlike(displayName, username));
    if (friend) {
      const message = `That looks like your friend ${friend.username}. Choose a name that can’t be mistaken for theirs.`;
      throw new AppError('invalid-input', message, { fields: { displayName: message } });
    }
  }
  await deps.stores.users.setProfile(actor.userId, { ...input, displayName });
}

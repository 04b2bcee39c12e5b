import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { Friendship } from './friendship.store.ts';
import { type Standing, standingOf } from './standing.ts';

export interface Friend {
  username: string;
  displayName: string;
  /** When the two became friends, or when the request was made. */
  since: Date;
}

export interface FriendList {
  friends: Friend[];
  /** Requests that wait for this person's answer. */
  asking: Friend[];
  /** Requests of this person's that wait for an answer. */
  asked: Friend[];
  /** People this person has blocked. */
  blocked: Friend[];
}

/** A person's friends, open requests and blocks, by name. */
export async function listFriends(deps: Deps, actor: Actor): Promise<FriendList> {
  const page = { limit: limits.friends };
  const states = ['accepted', 'requested', 'declined', 'removed'] as const;
  const pairs = (
    await Promise.all(states.map((state) => deps.stores.friendships.listByMember(actor.userId, state, page)))
  ).flat();
  const otherOf = (pair: Friendship) => (pair.lowId === actor.userId ? pair.highId : pair.lowId);
  const users = await deps.stores.users.findManyByIds(pairs.map(otherOf));
  const byId = new Map(users.map((user) => [user.id, user]));
  const now = deps.now();
  const standing = (wanted: Standing): Friend[] =>
    pairs
      .filter((pair) => standingOf(pair, actor.userId, now) === wanted)
      .flatMap((pair) => {
        const user = byId.get(otherOf(pair));
        return user
          ? [{ username: user.username, displayName: user.displayName, since: pair.updatedAt }]
          : [];
      })
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
  return {
    friends: standing('friends'),
    asking: standing('asks-you'),
    asked: standing('asked'),
    blocked: standing('blocked'),
  };
}

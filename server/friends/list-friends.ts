import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import type { Friendship } from './friendship.store.ts';
import { lookAlike } from './look-alike.ts';
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

/** A name that looks like the username of another friend is not passed on: the username stands in its place. */
function unlikeOthers(friend: Friend, _index: number, friends: Friend[]): Friend {
  const { username, displayName } = friend;
  if (displayName === username) return friend;
  const isTaken = friends.some(
    (other) => other.username !== username && lookAlike(displayName, other.username),
  );
  return isTaken ? { ...friend, displayName: username } : friend;
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
  const standing = (wanted: Standing): Friend[] =>
    pairs
      .filter((pair) => standingOf(pair, actor.userId) === wanted)
      .flatMap((pair) => {
        const user = byId.get(otherOf(pair));
        return user
          ? [{ username: user.username, displayName: user.displayName, since: pair.updatedAt }]
          : [];
      })
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
  return {
    friends: standing('friends').map(unlikeOthers),
    asking: standing('asks-you'),
    asked: standing('asked'),
    blocked: standing('blocked'),
  };
}

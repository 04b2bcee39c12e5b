import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';

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
}

/** A person's friends and open requests, by name. */
export async function listFriends(deps: Deps, actor: Actor): Promise<FriendList> {
  const page = { limit: limits.friends };
  const [accepted, requested] = await Promise.all([
    deps.stores.friendships.listByMember(actor.userId, 'accepted', page),
    deps.stores.friendships.listByMember(actor.userId, 'requested', page),
  ]);
  const otherOf = (pair: { lowId: string; highId: string }) =>
    pair.lowId === actor.userId ? pair.highId : pair.lowId;
  const users = await deps.stores.users.findManyByIds([...accepted, ...requested].map(otherOf));
  const byId = new Map(users.map((user) => [user.id, user]));
  const named = (pairs: typeof accepted): Friend[] =>
    pairs
      .flatMap((pair) => {
        const user = byId.get(otherOf(pair));
        return user
          ? [{ username: user.username, displayName: user.displayName, since: pair.updatedAt }]
          : [];
      })
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
  return {
    friends: named(accepted),
    asking: named(requested.filter((pair) => pair.requestedBy !== actor.userId)),
    asked: named(requested.filter((pair) => pair.requestedBy === actor.userId)),
  };
}

import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import type { Friendship } from './friendship.store.ts';
import { relationshipOf } from './relationship.ts';

interface Named {
  username: string;
  displayName: string;
}

interface NewFriend extends Named {
  /** Whether they came by a one-time invitation of this user. */
  invited: boolean;
}

export interface FriendNews {
  /** Who waits for this user's answer, the latest first. */
  asking: Named[];
  /** Who has accepted this user's request or invitation since they last looked. */
  accepted: NewFriend[];
}

/** Finds the requests a user has to answer, and the acceptances they haven't seen. */
export async function findFriendNews(stores: Deps['stores'], userId: string) {
  const [requested, unseen] = await Promise.all([
    stores.friendships.listByMember(userId, 'requested', { limit: limits.friends }),
    stores.friendships.listUnseen(userId, { limit: limits.friends }),
  ]);
  return {
    asking: requested.filter((pair) => relationshipOf(pair, userId) === 'asks-you'),
    accepted: unseen.filter((pair) => relationshipOf(pair, userId) === 'friends'),
  };
}

/** Reads who has asked or accepted a user, and waits to be seen. */
export async function readFriendNews({ stores }: Deps, { userId }: Actor): Promise<FriendNews> {
  const { asking, accepted } = await findFriendNews(stores, userId);
  if (asking.length + accepted.length === 0) return { asking: [], accepted: [] };
  const otherOf = ({ lowId, highId }: Friendship) => (lowId === userId ? highId : lowId);
  const users = await stores.users.findManyByIds([...asking, ...accepted].map(otherOf));
  const byId = new Map(users.map((user) => [user.id, user]));
  const named = (pairs: Friendship[]): NewFriend[] =>
    pairs
      .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
      .flatMap((pair) => {
        const user = byId.get(otherOf(pair));
        if (!user) return [];
        const { username, displayName } = user;
        return [{ username, displayName, invited: pair.invitedAt !== null }];
      });
  return {
    asking: named(asking).map(({ invited: _, ...person }) => person),
    accepted: named(accepted),
  };
}

/** Records that a user has seen that their request was accepted; repeating it changes nothing. */
export async function markFriendSeen({ stores }: Deps, { userId }: Actor, username: string): Promise<void> {
  const other = await stores.users.findByUsername(username);
  if (other) await stores.friendships.markSeen(userId, other.id, userId);
}

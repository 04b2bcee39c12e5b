import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import type { Friendship } from './friendship.store.ts';
import { skeletonsOf } from './look-alike.ts';
import { type Relationship, relationshipOf } from './relationship.ts';

interface Friend {
  username: string;
  displayName: string;
  /** When the two became friends, or when the request was made. */
  since: Date;
}

export interface FriendList {
  friends: Friend[];
  /** Requests that wait for this user's answer. */
  asking: Friend[];
  /** This user's requests that wait for an answer. */
  asked: Friend[];
  blocked: Friend[];
}

/** Replaces display names that look like another friend's username by the username. */
function unlikeOthers(people: Friend[], friends: Friend[]): Friend[] {
  const ownersOf = new Map<string, Set<string>>();
  for (const { username } of friends) {
    for (const skeleton of skeletonsOf(username))
      ownersOf.set(skeleton, (ownersOf.get(skeleton) ?? new Set()).add(username));
  }
  const isTaken = ({ username, displayName }: Friend) =>
    skeletonsOf(displayName).some((skeleton) =>
      [...(ownersOf.get(skeleton) ?? [])].some((owner) => owner !== username),
    );
  return people.map((person) =>
    person.displayName !== person.username && isTaken(person)
      ? { ...person, displayName: person.username }
      : person,
  );
}

export async function listFriends(deps: Deps, actor: Actor): Promise<FriendList> {
  const page = { limit: limits.friends };
  const states = ['accepted', 'requested', 'declined', 'removed'] as const;
  const pairs = (
    await Promise.all(states.map((state) => deps.stores.friendships.listByMember(actor.userId, state, page)))
  ).flat();
  const otherOf = (pair: Friendship) => (pair.lowId === actor.userId ? pair.highId : pair.lowId);
  const users = await deps.stores.users.findManyByIds(pairs.map(otherOf));
  const byId = new Map(users.map((user) => [user.id, user]));
  const relationship = (wanted: Relationship): Friend[] =>
    pairs
      .filter((pair) => relationshipOf(pair, actor.userId) === wanted)
      .flatMap((pair) => {
        const user = byId.get(otherOf(pair));
        return user
          ? [{ username: user.username, displayName: user.displayName, since: pair.updatedAt }]
          : [];
      })
      .sort((a, b) => a.displayName.localeCompare(b.displayName));
  const friends = relationship('friends');
  return {
    friends: unlikeOthers(friends, friends),
    asking: unlikeOthers(relationship('asks-you'), friends),
    asked: unlikeOthers(relationship('asked'), friends),
    blocked: relationship('blocked'),
  };
}

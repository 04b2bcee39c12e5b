import { isId, newId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, toEntity } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

export type FriendshipState = 'requested' | 'accepted' | 'blocked';
/** What is between two people: one document a pair, whoever asked first. */
export type Friendship = Omit<Entity<'Friendship'>, 'state'> & { state: FriendshipState };

export type FriendshipStore = ReturnType<typeof createFriendshipStore>;

/** Both ids in ascending order: a pair has one key, from whichever side it is seen. */
function pairOf(a: string, b: string) {
  const [lowId, highId] = a < b ? ([a, b] as const) : ([b, a] as const);
  return { lowId, highId, pairKey: `${lowId}:${highId}` };
}

export function createFriendshipStore({ orm: { friendships } }: Database) {
  return {
    /** 'exists' when there is already something between the two, whatever its state. */
    async insertRequest(request: {
      requestedBy: string;
      /** The one who is asked. */
      userId: string;
      at: Date;
    }): Promise<'inserted' | 'exists'> {
      const { requestedBy, userId, at } = request;
      if (!isId(requestedBy) || !isId(userId) || requestedBy === userId) {
        throw new TypeError('A friendship is between two people.');
      }
      const asked = { requestedBy, state: 'requested', createdAt: at, updatedAt: at };
      return insertOnce(() => friendships.create({ _id: newId(), ...pairOf(requestedBy, userId), ...asked }));
    },

    async find(a: string, b: string): Promise<Friendship | null> {
      const row = await friendships.where({ pairKey: pairOf(a, b).pairKey }).first();
      return row && toEntity<Friendship>(row);
    },

    /** requested → accepted, only by the one who was asked; false when there is nothing to accept. */
    async accept(a: string, b: string, by: string, at: Date): Promise<boolean> {
      if (!isId(by) || (by !== a && by !== b)) return false;
      const changed = await friendships
        .where({ pairKey: pairOf(a, b).pairKey, state: 'requested' })
        .where(where.neq('requestedBy', idOperand(by)))
        .updateAndCount({ state: 'accepted', updatedAt: at });
      return changed === 1;
    },

    /** Ends a friendship, or takes back or declines a request. */
    async remove(a: string, b: string): Promise<boolean> {
      return (await friendships.where({ pairKey: pairOf(a, b).pairKey }).deleteAndCount()) === 1;
    },

    /** What this person has with others in one state, at most `limit`, ordered by id. */
    async listByMember(
      userId: string,
      state: FriendshipState,
      { limit }: { limit: number },
    ): Promise<Friendship[]> {
      if (!isId(userId)) return [];
      const sides = await Promise.all(
        [{ lowId: userId }, { highId: userId }].map((side) =>
          friendships.where(side).where({ state }).orderBy({ _id: 1 }).limit(limit).all(),
        ),
      );
      return sides
        .flat()
        .map((row) => toEntity<Friendship>(row))
        .sort((x, y) => (x.id < y.id ? -1 : 1))
        .slice(0, limit);
    },
  };
}

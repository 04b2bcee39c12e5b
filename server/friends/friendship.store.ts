import { isId, newId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, toEntity, toRow } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

/**
 * `declined` and `removed` are stored while a cool-down or a block still depends on them.
 * `withdrawn` is a declined request that its sender cancelled, unaware of the decline.
 */
type FriendshipState = 'requested' | 'accepted' | 'declined' | 'withdrawn' | 'removed';
/** The relationship of two users: one document a pair, whoever asked first. */
export type Friendship = Omit<Entity<'Friendship'>, 'state'> & { state: FriendshipState };

export interface FriendRequest {
  requestedBy: string;
  userId: string;
  at: Date;
  /** When who is asked is to be told by email; not at all by default. */
  noticeDueAt?: Date | null;
}

const OPTIONAL = [
  'declinedAt',
  'blockedByLow',
  'blockedByHigh',
  'noticeDueAt',
  'unseenSince',
  'invitedAt',
] as const;

const empty = {
  declinedAt: null,
  blockedByLow: null,
  blockedByHigh: null,
  unseenSince: null,
  invitedAt: null,
};

const START_OF_TIME = new Date(0);

/** Both ids in ascending order, so that a pair has the same key from either side. */
function pairOf(a: string, b: string) {
  const [lowId, highId] = a < b ? ([a, b] as const) : ([b, a] as const);
  return { lowId, highId, pairKey: `${lowId}:${highId}` };
}

export function createFriendshipStore({ orm: { friendships } }: Database) {
  const pair = (a: string, b: string) => friendships.where({ pairKey: pairOf(a, b).pairKey });
  /** Matches only requests by the other of the two. */
  const askedByOther = (a: string, b: string, by: string) =>
    pair(a, b)
      .where({ state: 'requested' })
      .where(where.neq('requestedBy', idOperand(by)));

  return {
    async count(userId: string, cap: number): Promise<number> {
      if (!isId(userId)) return 0;
      const sides = await Promise.all(
        [{ lowId: userId }, { highId: userId }].map((side) =>
          friendships.where(side).limit(cap).select('_id').all(),
        ),
      );
      return Math.min(cap, sides.flat().length);
    },

    /** `exists`: the two have a document already, in whatever state. */
    async insertRequest({
      requestedBy,
      userId,
      at,
      noticeDueAt = null,
    }: FriendRequest): Promise<'inserted' | 'exists'> {
      if (!isId(requestedBy) || !isId(userId) || requestedBy === userId) {
        throw new TypeError('A friendship is between two people.');
      }
      const asked = { requestedBy, state: 'requested', createdAt: at, updatedAt: at };
      const friendship = { id: newId(), ...pairOf(requestedBy, userId), ...asked, ...empty, noticeDueAt };
      return insertOnce(() => friendships.create(toRow(friendship)));
    },

    /** Ended → requested; false when nothing has ended. */
    async reopen({ requestedBy, userId, at, noticeDueAt = null }: FriendRequest): Promise<boolean> {
      if (!isId(requestedBy) || !isId(userId)) return false;
      const ended = pair(requestedBy, userId).where(where.in('state', ['declined', 'withdrawn', 'removed']));
      const since = { updatedAt: at, declinedAt: null, unseenSince: null, invitedAt: null };
      const request = changes({ state: 'requested', requestedBy, ...since, noticeDueAt });
      return (await ended.updateAndCount(request)) === 1;
    },

    /**
     * withdrawn → declined: the same request again, of which the receiver is not notified again.
     */
    async repeatDeclined({ requestedBy, userId, at }: FriendRequest): Promise<boolean> {
      if (!isId(requestedBy) || !isId(userId)) return false;
      const withdrawn = pair(requestedBy, userId).where({ state: 'withdrawn', requestedBy });
      return (await withdrawn.updateAndCount({ state: 'declined', updatedAt: at })) === 1;
    },

    async findById(id: string): Promise<Friendship | null> {
      const row = isId(id) ? await friendships.where({ _id: id }).first() : null;
      return row && toEntity<Friendship>(row, OPTIONAL);
    },

    async find(a: string, b: string): Promise<Friendship | null> {
      const row = await pair(a, b).first();
      return row && toEntity<Friendship>(row, OPTIONAL);
    },

    /**
     * requested → accepted, only by the receiver; false when there is nothing to accept.
     *
     * @param noticeDueAt when who asked is to be told by email
     */
    async accept(
      a: string,
      b: string,
      by: string,
      at: Date,
      noticeDueAt: Date | null = null,
    ): Promise<boolean> {
      if (!isId(by) || (by !== a && by !== b)) return false;
      const since = { updatedAt: at, unseenSince: at, invitedAt: null };
      const accepted = changes({ state: 'accepted', ...since, noticeDueAt });
      return (await askedByOther(a, b, by).updateAndCount(accepted)) === 1;
    },

    /**
     * Makes two users friends by an invitation of `requestedBy`, whatever was between them. Blocks
     * stay. Does nothing if they are friends.
     */
    async befriend({ requestedBy, userId, at, noticeDueAt = null }: FriendRequest): Promise<void> {
      if (!isId(requestedBy) || !isId(userId) || requestedBy === userId) return;
      const since = { updatedAt: at, unseenSince: at, invitedAt: at };
      const accepted = { state: 'accepted', requestedBy, ...since, noticeDueAt };
      const friendship = {
        ...empty,
        ...accepted,
        id: newId(),
        ...pairOf(requestedBy, userId),
        createdAt: at,
      };
      if ((await insertOnce(() => friendships.create(toRow(friendship)))) === 'inserted') return;
      await pair(requestedBy, userId)
        .where(where.neq('state', 'accepted'))
        .updateAndCount(changes({ ...accepted, declinedAt: null }));
    },

    /** Records that who asked has seen the acceptance. */
    async markSeen(a: string, b: string, by: string): Promise<void> {
      if (!isId(by)) return;
      await pair(a, b)
        .where({ requestedBy: by })
        .updateAndCount(changes({ unseenSince: null }));
    },

    /** A user's requests that were accepted without their having seen it. */
    async listUnseen(userId: string, { limit }: { limit: number }): Promise<Friendship[]> {
      if (!isId(userId)) return [];
      const rows = await friendships
        .where(where.eq('requestedBy', idOperand(userId)))
        .where(where.gte('unseenSince', START_OF_TIME))
        .where({ state: 'accepted' })
        .limit(limit)
        .all();
      return rows.map((row) => toEntity<Friendship>(row, OPTIONAL));
    },

    /** requested → declined, only by the receiver. */
    async decline(a: string, b: string, by: string, at: Date): Promise<boolean> {
      if (!isId(by) || (by !== a && by !== b)) return false;
      return (await askedByOther(a, b, by).updateAndCount({ state: 'declined', declinedAt: at })) === 1;
    },

    /** Ends a friendship, or cancels a request, even a declined one. Blocks stay. */
    async remove(a: string, b: string, by: string, at: Date): Promise<boolean> {
      const open = () => pair(a, b).where(where.in('state', ['requested', 'accepted']));
      const unblocked = open().where(where.isNull('blockedByLow')).where(where.isNull('blockedByHigh'));
      if ((await unblocked.deleteAndCount()) === 1) return true;
      if ((await open().updateAndCount({ state: 'removed', updatedAt: at })) === 1) return true;
      const declined = pair(a, b).where({ state: 'declined', requestedBy: by });
      return isId(by) && (await declined.updateAndCount({ state: 'withdrawn' })) === 1;
    },

    async deleteByMember(userId: string): Promise<void> {
      if (!isId(userId)) return;
      for (const side of [{ lowId: userId }, { highId: userId }])
        await friendships.where(side).deleteAndCount();
    },

    /** Sets or lifts one user's block; false when the two have no relationship. */
    async setBlocked(a: string, b: string, by: string, at: Date | null): Promise<boolean> {
      const { lowId } = pairOf(a, b);
      const fields = by === lowId ? { blockedByLow: at } : { blockedByHigh: at };
      return (await pair(a, b).updateAndCount(changes(fields))) === 1;
    },

    /** A user's relationships in one state, at most `limit`, ordered by id. */
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
        .map((row) => toEntity<Friendship>(row, OPTIONAL))
        .sort((x, y) => (x.id < y.id ? -1 : 1))
        .slice(0, limit);
    },
  };
}

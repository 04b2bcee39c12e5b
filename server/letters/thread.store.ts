import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { changes } from '../db/entity.ts';
import { and, idOperand, where } from '../db/filters.ts';
import type { Page, PageRequest } from '../db/page.ts';
import { type LetterSummary, pageOf, readSide, SIDES, type Side, START_OF_TIME } from './letter.store.ts';

/** The letters between two friends as one of them sees them, and what each marks for themselves. */
export function createThreadStore({ orm, query, rows }: Database) {
  const { letters } = orm;
  const sides = Object.values(SIDES);
  const between = (side: Side, userId: string, friendId: string) => [
    where.eq(side.own, idOperand(userId)),
    where.eq(side.friend, idOperand(friendId)),
  ];

  return {
    /** Both directions, the latest first, from a time on and before another. */
    async list(
      userId: string,
      friendId: string,
      { cursor, limit, ...times }: PageRequest & { from?: Date | undefined; until?: Date | undefined },
    ): Promise<Page<LetterSummary>> {
      if (!isId(userId) || !isId(friendId)) return { items: [], nextCursor: null };
      const page = { cursor, limit: limit + 1 };
      const read = await Promise.all(
        sides.map((side) => readSide(orm, side, between(side, userId, friendId), page, times)),
      );
      const latestFirst = (a: LetterSummary, b: LetterSummary) =>
        b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);
      return pageOf(read.flat().sort(latestFirst), limit);
    },

    /** Counts the letters of both directions up to about `cap`. */
    async count(userId: string, friendId: string, cap: number): Promise<number> {
      if (!isId(userId) || !isId(friendId)) return 0;
      const counts = await Promise.all(
        sides.map(async (side) => {
          // An author has every letter, in whatever state, so that an index alone can count them.
          const had = side.role === 'author' ? [] : [where.gte(side.order, START_OF_TIME)];
          const own = query.from('letters').match(and(...between(side, userId, friendId), ...had));
          const [counted] = await rows(own.limit(cap).count('letters').aggregate());
          return counted?.letters ?? 0;
        }),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },

    /** When the first letter was sent or arrived; null before it. */
    async start(userId: string, friendId: string): Promise<Date | null> {
      if (!isId(userId) || !isId(friendId)) return null;
      const firsts = await Promise.all(
        sides.map(async (side) => {
          const row = await letters
            .where(and(...between(side, userId, friendId), where.gte(side.order, START_OF_TIME)))
            .orderBy({ [side.order]: 1, _id: 1 })
            .select('sentAt', 'deliveredAt')
            .first();
          return row?.[side.order]?.getTime() ?? Number.POSITIVE_INFINITY;
        }),
      );
      const first = Math.min(...firsts);
      return Number.isFinite(first) ? new Date(first) : null;
    },

    /** Sets or removes a user's own star; false if that changes nothing of a letter they have. */
    async setStarred(letterId: string, userId: string, starred: boolean): Promise<boolean> {
      if (!isId(letterId) || !isId(userId)) return false;
      const star = starred ? 1 : null;
      const own = letters.where({ _id: letterId, authorId: userId });
      if ((await own.updateAndCount(changes({ starredByAuthor: star }))) === 1) return true;
      const received = letters
        .where({ _id: letterId, receiverId: userId })
        .where(where.in('status', ['delivered', 'read']));
      return (await received.updateAndCount(changes({ starredByReceiver: star }))) === 1;
    },

    /** Takes an opened letter out of its receiver's inbox, or puts it back; false if nothing changes. */
    async setArchived(letterId: string, receiverId: string, archived: boolean): Promise<boolean> {
      if (!isId(letterId) || !isId(receiverId)) return false;
      const read = letters.where({ _id: letterId, receiverId, status: 'read' });
      return (await read.updateAndCount(changes({ archived: archived ? 1 : null }))) === 1;
    },
  };
}

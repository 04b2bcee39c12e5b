import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';

type Feedback = Entity<'Feedback'>;

export function createFeedbackStore({ orm: { feedback } }: Database) {
  return {
    async insert(entry: NewEntity<Feedback>): Promise<void> {
      await feedback.create(toRow(entry));
    },

    async forgetOldest(userId: string, keep: number): Promise<void> {
      if (!isId(userId)) return;
      const newest = await feedback
        .where({ userId })
        .orderBy({ createdAt: -1 })
        .limit(keep + 1_000)
        .select('_id')
        .all();
      for (const { _id } of newest.slice(keep)) await feedback.where({ _id }).deleteAndCount();
    },

    async find(id: string): Promise<Feedback | null> {
      if (!isId(id)) return null;
      const row = await feedback.where({ _id: id }).first();
      return row && toEntity<Feedback>(row, ['userId']);
    },

    /** A user's messages, oldest first. */
    async listByUser(userId: string, limit: number): Promise<Feedback[]> {
      if (!isId(userId)) return [];
      const rows = await feedback.where({ userId }).orderBy({ createdAt: 1 }).limit(limit).all();
      return rows.map((row) => toEntity<Feedback>(row, ['userId']));
    },

    /** Keeps a user's messages but removes their author. */
    async forgetUser(userId: string): Promise<void> {
      if (isId(userId)) await feedback.where({ userId }).updateAndCount(changes({ userId: null }));
    },
  };
}

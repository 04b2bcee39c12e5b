import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { where } from '../db/filters.ts';

/** The unfinished deletion of an account. Its id is the user's. */
export type Deletion = Entity<'Deletion'>;

export function createDeletionStore({ orm: { deletions } }: Database) {
  return {
    /** `exists`: the deletion began before, and its record of the user stays. */
    async insert(deletion: NewEntity<Deletion>): Promise<'inserted' | 'exists'> {
      return insertOnce(() => deletions.create(toRow(deletion)));
    },

    async find(userId: string): Promise<Deletion | null> {
      const row = isId(userId) ? await deletions.where({ _id: userId }).first() : null;
      return row && toEntity<Deletion>(row, ['email']);
    },

    /** Moves it behind the others, so that one that keeps failing does not block them. */
    async putOff(userId: string, tryAt: Date): Promise<void> {
      if (isId(userId)) await deletions.where({ _id: userId }).updateAndCount({ tryAt });
    },

    /** User ids of the deletions due for a retry before a moment, the earliest first. */
    async listOpen(before: Date, limit: number): Promise<string[]> {
      const rows = await deletions
        .where(where.lt('tryAt', before))
        .orderBy({ tryAt: 1 })
        .limit(limit)
        .select('_id')
        .all();
      return rows.map(({ _id }) => _id);
    },

    async delete(userId: string): Promise<void> {
      if (isId(userId)) await deletions.where({ _id: userId }).deleteAndCount();
    },
  };
}

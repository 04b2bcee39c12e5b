import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { where } from '../db/filters.ts';

/** What is left to delete of an account that is gone; its id is the person's. */
export type Deletion = Entity<'Deletion'>;

export function createDeletionStore({ orm: { deletions } }: Database) {
  return {
    /** 'exists': the deletion has begun before, and what it knows of the person stays. */
    async insert(deletion: NewEntity<Deletion>): Promise<'inserted' | 'exists'> {
      return insertOnce(() => deletions.create(toRow(deletion)));
    },

    async find(userId: string): Promise<Deletion | null> {
      const row = isId(userId) ? await deletions.where({ _id: userId }).first() : null;
      return row && toEntity<Deletion>(row, ['email']);
    },

    /** Puts it behind the others, so that one that fails again and again is in nobody's way. */
    async putOff(userId: string, tryAt: Date): Promise<void> {
      if (isId(userId)) await deletions.where({ _id: userId }).updateAndCount({ tryAt });
    },

    /** Ids of the people whose deletion was to be taken up before a moment, the earliest first. */
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

import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, toEntity, toRow } from '../db/entity.ts';
import { and, where } from '../db/filters.ts';

/** A sealed idea that waits for the worker; its id is the letter's. */
export type StoredIdea = Entity<'StampIdea'>;

export function createStampIdeaStore({ orm: { stampIdeas } }: Database) {
  return {
    /** `exists`: an idea for this letter is pending already, and stays. */
    async insert(idea: StoredIdea): Promise<'inserted' | 'exists'> {
      return insertOnce(() => stampIdeas.create(toRow(idea)));
    },

    async find(letterId: string): Promise<StoredIdea | null> {
      const row = isId(letterId) ? await stampIdeas.where({ _id: letterId }).first() : null;
      return row && toEntity<StoredIdea>(row);
    },

    /** Ids of letters whose ideas expire in this span, soonest first. */
    async listWaiting({ from, before }: { from: Date; before: Date }, limit: number): Promise<string[]> {
      const rows = await stampIdeas
        .where(and(where.gte('forgetAt', from), where.lt('forgetAt', before)))
        .orderBy({ forgetAt: 1 })
        .limit(limit)
        .select('_id')
        .all();
      return rows.map(({ _id }) => _id);
    },

    async reseal(letterId: string, idea: StoredIdea['idea']): Promise<void> {
      await stampIdeas.where({ _id: letterId }).updateAndCount({ idea });
    },

    async forget(letterId: string): Promise<void> {
      if (isId(letterId)) await stampIdeas.where({ _id: letterId }).deleteAndCount();
    },
  };
}

import { newId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { where } from '../db/filters.ts';

/** Stores retired usernames, known only by a keyed hash. */
export function createFormerNameStore({ orm: { formerNames } }: Database) {
  return {
    async insert(nameHash: string, at: Date): Promise<void> {
      await insertOnce(() => formerNames.create({ _id: newId(), nameHash, createdAt: at }));
    },

    async isEmpty(): Promise<boolean> {
      return (await formerNames.where(where.gte('nameHash', '')).limit(1).select('_id').all()).length === 0;
    },

    async hasAny(nameHashes: string[]): Promise<boolean> {
      return (
        (await formerNames.where(where.in('nameHash', nameHashes)).limit(1).select('_id').all()).length > 0
      );
    },
  };
}

import { isId, newId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, toEntity } from '../db/entity.ts';

/** A reader's scroll position in a letter; `position` in thousandths of its length. */
type Reading = Entity<'Reading'>;

export function createReadingStore({ orm: { readings } }: Database) {
  return {
    /** Stores the scroll position; the last save wins. */
    async save(scroll: { readerId: string; letterId: string; position: number; at: Date }): Promise<void> {
      const { readerId, letterId, position, at } = scroll;
      const key = `${readerId}:${letterId}`;
      const update = () => readings.where({ key }).updateAndCount({ position, updatedAt: at });
      if ((await update()) === 1) return;
      const first = { _id: newId(), key, readerId, letterId, position, updatedAt: at };
      if ((await insertOnce(() => readings.create(first))) === 'exists') await update();
    },

    async find(readerId: string, letterId: string): Promise<Reading | null> {
      if (!isId(readerId) || !isId(letterId)) return null;
      const row = await readings.where({ key: `${readerId}:${letterId}` }).first();
      return row && toEntity<Reading>(row);
    },

    async deleteByReader(readerId: string): Promise<void> {
      if (isId(readerId)) await readings.where({ readerId }).deleteAndCount();
    },
  };
}

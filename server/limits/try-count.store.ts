import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, toEntity } from '../db/entity.ts';
import { where } from '../db/filters.ts';

/** The points a key has used up, and the time until which they count. */
export type TryCount = Entity<'TryCount'>;

const ROUNDS = 5;

export type TryCountStore = ReturnType<typeof createTryCountStore>;

/**
 * Stores counts. Each step is one atomic operation on one document, so concurrent processes lose no
 * point.
 */
export function createTryCountStore({ orm: { tryCounts } }: Database) {
  const running = (id: string, now: Date) => tryCounts.where({ _id: id }).where(where.gt('expiresAt', now));

  async function find(id: string, now: Date): Promise<TryCount | null> {
    const row = await running(id, now).first();
    return row && toEntity<TryCount>(row);
  }

  return {
    /** The count, unless its time is over. */
    find,

    /**
     * Adds points, which may be negative, to the current count, or else starts one that lasts until
     * `expiresAt`.
     */
    async add(id: string, points: number, now: Date, expiresAt: Date): Promise<TryCount> {
      // A caller that loses a race finds the new count in the next round.
      for (let round = 0; round < ROUNDS; round += 1) {
        const counted = await running(id, now).update((count) => [count.points.inc(points)]);
        // The result of `update` is not decoded; a number and a date are the same either way.
        if (counted) return { id, points: counted.points, expiresAt: counted.expiresAt };
        const begun = { id, points, expiresAt };
        const over = tryCounts.where({ _id: id }).where(where.lte('expiresAt', now));
        if ((await over.updateAndCount({ points, expiresAt })) === 1) return begun;
        const insert = () => tryCounts.create({ _id: id, points, expiresAt });
        if ((await insertOnce(insert)) === 'inserted') return begun;
      }
      throw new Error('a count of tries could not be written');
    },

    async set(id: string, points: number, expiresAt: Date): Promise<void> {
      const update = () => tryCounts.where({ _id: id }).updateAndCount({ points, expiresAt });
      if ((await update()) === 1) return;
      const insert = () => tryCounts.create({ _id: id, points, expiresAt });
      if ((await insertOnce(insert)) === 'exists') await update();
    },

    /** Whether there was anything to delete. */
    async delete(id: string): Promise<boolean> {
      return (await tryCounts.where({ _id: id }).deleteAndCount()) === 1;
    },
  };
}

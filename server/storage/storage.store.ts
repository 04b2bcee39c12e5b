import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { where } from '../db/filters.ts';

/** Counts each user's storage in units of 1,000 bytes. Each change is one atomic operation. */
export function createStorageStore({ orm: { storages } }: Database) {
  return {
    /**
     * Adds to the count unless that would exceed the bound.
     *
     * @returns whether it was added
     */
    async add(userId: string, kilobytes: number, atMost: number): Promise<boolean> {
      if (!isId(userId) || kilobytes > atMost) return false;
      const add = () =>
        storages
          .where({ _id: userId })
          .where(where.lte('kilobytes', atMost - kilobytes))
          .update((count) => [count.kilobytes.inc(kilobytes)]);
      if (await add()) return true;
      if ((await insertOnce(() => storages.create({ _id: userId, kilobytes }))) === 'inserted') return true;
      return (await add()) !== null;
    },

    async subtract(userId: string, kilobytes: number): Promise<void> {
      if (!isId(userId) || kilobytes === 0) return;
      await storages.where({ _id: userId }).update((count) => [count.kilobytes.inc(-kilobytes)]);
    },

    async find(userId: string): Promise<number> {
      const row = isId(userId) ? await storages.where({ _id: userId }).first() : null;
      return row?.kilobytes ?? 0;
    },

    async delete(userId: string): Promise<void> {
      if (isId(userId)) await storages.where({ _id: userId }).deleteAndCount();
    },
  };
}

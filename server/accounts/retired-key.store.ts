import type { Bytes } from '#core/bytes.ts';
import { isId, newId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, toRow } from '../db/entity.ts';

/** A public identity key that was replaced, or left by a deleted account, by account and epoch. */
type RetiredKey = Entity<'RetiredKey'>;

const keyOf = (userId: string, epoch: number) => `${userId}:${epoch}`;

export function createRetiredKeyStore({ orm: { retiredKeys } }: Database) {
  return {
    /** Keeps the first key of an epoch; a second one is not written. */
    async insert(retired: Omit<RetiredKey, 'id' | 'key'>): Promise<'inserted' | 'exists'> {
      const key = keyOf(retired.userId, retired.epoch);
      return insertOnce(() => retiredKeys.create(toRow({ id: newId(), key, ...retired })));
    },

    async find(userId: string, epoch: number): Promise<Bytes | null> {
      const row = await retiredKeys.where({ key: keyOf(userId, epoch) }).first();
      return row && (row.publicKey as Bytes);
    },

    async deleteByUser(userId: string): Promise<void> {
      if (isId(userId)) await retiredKeys.where({ userId }).deleteAndCount();
    },
  };
}

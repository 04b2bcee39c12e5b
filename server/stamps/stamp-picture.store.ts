import type { SealedStamp } from '#core/crypto/index.ts';
import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';

/** A painted stamp; its id is the letter's. */
type StoredStamp = Entity<'StampPicture'> & SealedStamp;

export function createStampPictureStore({ orm: { stampPictures } }: Database) {
  return {
    /** `exists`: the letter has a painted stamp, which stays unchanged. */
    async insert(stamp: NewEntity<StoredStamp>): Promise<'inserted' | 'exists'> {
      return insertOnce(() => stampPictures.create(toRow(stamp)));
    },

    async find(letterId: string): Promise<StoredStamp | null> {
      const row = isId(letterId) ? await stampPictures.where({ _id: letterId }).first() : null;
      return row && toEntity<StoredStamp>(row, ['sealedForReceiver', 'sealedForAuthor']);
    },

    /** Deletes a leaving user's key to the stamp. */
    async forgetMember(letterId: string, role: 'author' | 'receiver'): Promise<void> {
      if (!isId(letterId)) return;
      const key = role === 'author' ? 'sealedForAuthor' : 'sealedForReceiver';
      await stampPictures.where({ _id: letterId }).updateAndCount(changes({ [key]: null }));
    },

    async delete(letterId: string): Promise<void> {
      if (isId(letterId)) await stampPictures.where({ _id: letterId }).deleteAndCount();
    },

    async has(letterId: string): Promise<boolean> {
      if (!isId(letterId)) return false;
      return (await stampPictures.where({ _id: letterId }).limit(1).select('_id').all()).length === 1;
    },
  };
}

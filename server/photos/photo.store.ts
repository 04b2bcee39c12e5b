import { setImmediate } from 'node:timers/promises';
import type { Bytes } from '#core/bytes.ts';
import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import type { Position } from '../db/cursor.ts';
import { insertOnce } from '../db/duplicates.ts';
import { type Entity, toEntity, toRow } from '../db/entity.ts';
import { ahead, idOperand, where } from '../db/filters.ts';

/** One photo in two sizes, sealed under its letter's key. */
export type StoredPhoto = Omit<Entity<'Photo'>, 'kilobytes'> & { kilobytes?: number | null };
type PhotoVariant = 'full' | 'preview';

/** A photo whose letter was never sent, or no longer contains it. */
export interface OrphanPhoto {
  id: string;
  letterId: string;
  authorId: string;
  kilobytes: number;
}

const LISTED = ['_id', 'letterId', 'authorId', 'kilobytes', 'createdAt'] as const;
type ListedPhoto = Pick<Entity<'Photo'>, Exclude<(typeof LISTED)[number], '_id'>> & { _id: string };

const ORPHAN_BATCH = 500;

function toOrphan({ _id, letterId, authorId, kilobytes }: ListedPhoto): OrphanPhoto {
  return { id: _id, letterId, authorId, kilobytes: kilobytes ?? 0 };
}

export function createPhotoStore({ orm: { photos, letters, drafts } }: Database) {
  async function withoutHeld(found: readonly OrphanPhoto[]): Promise<OrphanPhoto[]> {
    if (found.length === 0) return [];
    const anyOf = where.in('_id', [...new Set(found.map(({ letterId }) => letterId))].map(idOperand));
    // Drafts first: sending inserts the letter before it deletes the draft, so one of them is
    // found.
    const inDrafts = await drafts.where(anyOf).select('photoIds').all();
    const inLetters = await letters.where(anyOf).select('photoIds').all();
    const held = new Set([...inDrafts, ...inLetters].flatMap(({ photoIds }) => photoIds));
    return found.filter(({ id }) => !held.has(id));
  }

  return {
    async insert(photo: StoredPhoto): Promise<'inserted' | 'exists'> {
      return insertOnce(() => photos.create(toRow(photo)));
    },

    /** Both sizes; null when the photo is not this letter's. */
    async find(photoId: string, letterId: string): Promise<StoredPhoto | null> {
      if (!isId(photoId) || !isId(letterId)) return null;
      const row = await photos.where({ _id: photoId, letterId }).first();
      return row && toEntity<StoredPhoto>(row);
    },

    /** Reads the sealed bytes of one size, without loading the other. */
    async findVariant(photoId: string, letterId: string, variant: PhotoVariant): Promise<Bytes | null> {
      if (!isId(photoId) || !isId(letterId)) return null;
      const row = await photos.where({ _id: photoId, letterId }).select(variant).first();
      return row && (row[variant] as Bytes);
    },

    async listIds(letterId: string, authorId: string, limit: number): Promise<string[]> {
      if (!isId(letterId) || !isId(authorId)) return [];
      const rows = await photos.where({ letterId, authorId }).limit(limit).select('_id').all();
      return rows.map(({ _id }) => _id);
    },

    async deleteByLetter(letterId: string): Promise<void> {
      if (isId(letterId)) await photos.where({ letterId }).deleteAndCount();
    },

    /**
     * Photos created before a moment that no draft or letter contains, at most `limit`. Scans all
     * photos that old: for a daily job.
     */
    async listOrphans(createdBefore: Date, limit: number): Promise<OrphanPhoto[]> {
      const orphans: OrphanPhoto[] = [];
      let position: Position | null = null;
      do {
        const rows: ListedPhoto[] = await photos
          .where(where.lt('createdAt', createdBefore))
          .where(position ? ahead('createdAt', position) : where.gte('createdAt', new Date(0)))
          .orderBy({ createdAt: 1, _id: 1 })
          .limit(ORPHAN_BATCH)
          .select(...LISTED)
          .all();
        orphans.push(...(await withoutHeld(rows.map(toOrphan))));
        const last = rows.at(-1);
        position = last && rows.length === ORPHAN_BATCH ? { at: last.createdAt, id: last._id } : null;
        // Let other requests run between two batches.
        await setImmediate();
      } while (position && orphans.length < limit);
      return orphans.slice(0, limit);
    },

    /** Photos of one letter or draft that neither contains; few enough to list at once. */
    async listOrphansOf(letterId: string): Promise<OrphanPhoto[]> {
      if (!isId(letterId)) return [];
      const rows: ListedPhoto[] = await photos
        .where({ letterId })
        .limit(ORPHAN_BATCH)
        .select(...LISTED)
        .all();
      return withoutHeld(rows.map(toOrphan));
    },

    /**
     * Deletes those that are still orphans.
     *
     * @returns the ones this call deleted
     */
    async deleteOrphans(orphans: readonly OrphanPhoto[]): Promise<OrphanPhoto[]> {
      const gone: OrphanPhoto[] = [];
      for (const orphan of await withoutHeld(orphans))
        if ((await photos.where({ _id: orphan.id }).deleteAndCount()) === 1) gone.push(orphan);
      return gone;
    },
  };
}

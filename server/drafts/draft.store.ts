import { isId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Database } from '../db/client.ts';
import { decodeCursor, encodeCursor } from '../db/cursor.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { and, behind, idOperand, where } from '../db/filters.ts';
import type { Page, PageRequest } from '../db/page.ts';

/** A draft, sealed to its author. `version` grows by one with each save. */
export type StoredDraft = Entity<'Draft'>;
/** A draft to save. Its version follows from the expected one. */
export type DraftToSave = Omit<NewEntity<StoredDraft>, 'version' | 'trashedAt' | 'expiresAt'>;

const OPTIONAL = ['receiverId', 'stampIdea', 'trashedAt', 'expiresAt'] as const;
const NOT_TRASHED = { trashedAt: null, expiresAt: null };

/** The first drafts whose content fits in `maxBytes` together; at least one. */
function uptoBytes(drafts: StoredDraft[], maxBytes: number): StoredDraft[] {
  let bytes = 0;
  const tooMany = drafts.findIndex(({ payload }, n) => {
    bytes += payload.byteLength;
    return n > 0 && bytes > maxBytes;
  });
  return tooMany < 0 ? drafts : drafts.slice(0, tooMany);
}

export function createDraftStore({ orm: { drafts }, query, rows }: Database) {
  return {
    /**
     * Compare-and-set on the version the writer last saw; 0 inserts a new draft. An omitted idea
     * stays; null removes it. Saving takes a draft out of the trash: somebody is still writing it.
     * `stale`: the draft was saved, sent or deleted in between, and nothing was written.
     */
    async save(
      draft: DraftToSave,
      expectedVersion: number,
      version = expectedVersion + 1,
    ): Promise<'saved' | 'stale'> {
      if (expectedVersion === 0) {
        const inserted = await insertOnce(() => drafts.create(toRow({ ...draft, ...NOT_TRASHED, version })));
        return inserted === 'inserted' ? 'saved' : 'stale';
      }
      const { id, authorId, createdAt: _kept, ...content } = draft;
      if (!isId(id) || !isId(authorId)) return 'stale';
      const changed = await drafts
        .where({ _id: id, authorId, version: expectedVersion })
        .updateAndCount(
          changes({ ...content, ...NOT_TRASHED, receiverId: draft.receiverId ?? null, version }),
        );
      return changed === 1 ? 'saved' : 'stale';
    },

    async find(id: string, authorId: string): Promise<StoredDraft | null> {
      if (!isId(id) || !isId(authorId)) return null;
      const row = await drafts.where({ _id: id, authorId }).first();
      return row && toEntity<StoredDraft>(row, OPTIONAL);
    },

    /**
     * An author's drafts, latest change first, or those in the trash, last deleted first; with their
     * content: it holds the titles, sealed.
     */
    async list(
      authorId: string,
      { cursor, limit }: PageRequest,
      inTrash = false,
    ): Promise<Page<StoredDraft>> {
      if (!isId(authorId)) return { items: [], nextCursor: null };
      const position = cursor ? decodeCursor(cursor) : null;
      const field = inTrash ? 'trashedAt' : 'updatedAt';
      const own = inTrash
        ? drafts.where({ authorId })
        : drafts.where({ authorId }).where(where.isNull('trashedAt'));
      const found = await own
        .where(position ? behind(field, position) : where.gte(field, new Date(0)))
        .orderBy(inTrash ? { trashedAt: -1, _id: -1 } : { updatedAt: -1, _id: -1 })
        .limit(limit + 1)
        .all();
      const page = found.slice(0, limit).map((row) => toEntity<StoredDraft>(row, OPTIONAL));
      const items = uptoBytes(page, limits.draftPageBytes);
      const last = items.at(-1);
      const at = last?.[field];
      const nextCursor = found.length > items.length && last && at ? encodeCursor({ at, id: last.id }) : null;
      return { items, nextCursor };
    },

    /** Counts drafts, or those in the trash, up to `cap`. */
    async count(authorId: string, cap: number, inTrash = false): Promise<number> {
      if (!isId(authorId)) return 0;
      const state = inTrash ? where.gte('trashedAt', new Date(0)) : where.isNull('trashedAt');
      const own = query.from('drafts').match(and(where.eq('authorId', idOperand(authorId)), state));
      const [counted] = await rows(own.limit(cap).count('drafts').aggregate());
      return counted?.drafts ?? 0;
    },

    /** Puts a draft into the trash until `expiresAt`. @returns whether there was one outside it */
    async trash(id: string, authorId: string, { at, expiresAt }: { at: Date; expiresAt: Date }) {
      if (!isId(id) || !isId(authorId)) return false;
      const kept = drafts.where({ _id: id, authorId }).where(where.isNull('trashedAt'));
      return (await kept.updateAndCount({ trashedAt: at, expiresAt })) === 1;
    },

    /** Takes a draft out of the trash. @returns whether it was there */
    async restore(id: string, authorId: string): Promise<boolean> {
      if (!isId(id) || !isId(authorId)) return false;
      const trashed = drafts.where({ _id: id, authorId }).where(where.isNotNull('trashedAt'));
      return (await trashed.updateAndCount(changes(NOT_TRASHED))) === 1;
    },

    /** Finds the draft that has been in an author's trash for longest. */
    async findOldestInTrash(authorId: string): Promise<StoredDraft | null> {
      if (!isId(authorId)) return null;
      const row = await drafts
        .where({ authorId })
        .where(where.gte('trashedAt', new Date(0)))
        .orderBy({ trashedAt: 1, _id: 1 })
        .first();
      return row && toEntity<StoredDraft>(row, OPTIONAL);
    },

    /** @returns whether there was such a draft */
    async delete(id: string, authorId: string): Promise<boolean> {
      if (!isId(id) || !isId(authorId)) return false;
      return (await drafts.where({ _id: id, authorId }).deleteAndCount()) === 1;
    },
  };
}

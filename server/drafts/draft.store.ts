import { isId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Database } from '../db/client.ts';
import { decodeCursor, encodeCursor } from '../db/cursor.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { behind, idOperand, where } from '../db/filters.ts';
import type { Page, PageRequest } from '../db/page.ts';

/** A draft, sealed to its author. `version` grows by one with each save. */
export type StoredDraft = Entity<'Draft'>;
/** A draft to save. Its version follows from the expected one. */
export type DraftToSave = Omit<NewEntity<StoredDraft>, 'version'>;

const OPTIONAL = ['receiverId', 'stampIdea'] as const;

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
     * stays; null removes it. `stale`: the draft was saved, sent or deleted in between, and nothing
     * was written.
     */
    async save(draft: DraftToSave, expectedVersion: number): Promise<'saved' | 'stale'> {
      const version = expectedVersion + 1;
      if (expectedVersion === 0) {
        const inserted = await insertOnce(() => drafts.create(toRow({ ...draft, version })));
        return inserted === 'inserted' ? 'saved' : 'stale';
      }
      const { id, authorId, createdAt: _kept, ...content } = draft;
      if (!isId(id) || !isId(authorId)) return 'stale';
      const changed = await drafts
        .where({ _id: id, authorId, version: expectedVersion })
        .updateAndCount(changes({ ...content, receiverId: draft.receiverId ?? null, version }));
      return changed === 1 ? 'saved' : 'stale';
    },

    async find(id: string, authorId: string): Promise<StoredDraft | null> {
      if (!isId(id) || !isId(authorId)) return null;
      const row = await drafts.where({ _id: id, authorId }).first();
      return row && toEntity<StoredDraft>(row, OPTIONAL);
    },

    /** An author's drafts, latest change first, with their content: it holds the titles, sealed. */
    async list(authorId: string, { cursor, limit }: PageRequest): Promise<Page<StoredDraft>> {
      if (!isId(authorId)) return { items: [], nextCursor: null };
      const position = cursor ? decodeCursor(cursor) : null;
      const found = await drafts
        .where({ authorId })
        .where(position ? behind('updatedAt', position) : where.gte('updatedAt', new Date(0)))
        .orderBy({ updatedAt: -1, _id: -1 })
        .limit(limit + 1)
        .all();
      const page = found.slice(0, limit).map((row) => toEntity<StoredDraft>(row, OPTIONAL));
      const items = uptoBytes(page, limits.draftPageBytes);
      const last = items.at(-1);
      const nextCursor =
        found.length > items.length && last ? encodeCursor({ at: last.updatedAt, id: last.id }) : null;
      return { items, nextCursor };
    },

    async count(authorId: string, cap: number): Promise<number> {
      if (!isId(authorId)) return 0;
      const own = query.from('drafts').match(where.eq('authorId', idOperand(authorId)));
      const [counted] = await rows(own.limit(cap).count('drafts').aggregate());
      return counted?.drafts ?? 0;
    },

    /** @returns whether there was such a draft */
    async delete(id: string, authorId: string): Promise<boolean> {
      if (!isId(id) || !isId(authorId)) return false;
      return (await drafts.where({ _id: id, authorId }).deleteAndCount()) === 1;
    },
  };
}

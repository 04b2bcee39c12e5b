import { isId } from '#core/id.ts';
import type { EventKind } from '#core/schemas/activity.ts';
import type { Database } from '../db/client.ts';
import { decodeCursor, encodeCursor } from '../db/cursor.ts';
import { type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { behind, idOperand, where } from '../db/filters.ts';
import type { Page, PageRequest } from '../db/page.ts';

export type AuditEvent = Omit<Entity<'AuditEvent'>, 'kind'> & { kind: EventKind };

const OPTIONAL = ['device', 'address'] as const;

export function createAuditStore({ orm: { auditEvents } }: Database) {
  return {
    async insert(event: NewEntity<AuditEvent>): Promise<void> {
      await auditEvents.create(toRow(event));
    },

    async forgetOldest(userId: string, keep: number): Promise<void> {
      if (!isId(userId)) return;
      const mine = auditEvents.where(where.eq('userId', idOperand(userId)));
      const newest = await mine
        .orderBy({ at: -1, _id: -1 })
        .limit(keep + 1_000)
        .select('_id')
        .all();
      for (const { _id } of newest.slice(keep)) await auditEvents.where({ _id }).deleteAndCount();
    },

    /**
     * Whether an event of this kind was recorded, optionally from one device and address, and after
     * a moment.
     */
    async has(
      userId: string,
      kind: EventKind,
      { since, ...from }: { device?: string; address?: string; since?: Date | undefined } = {},
    ): Promise<boolean> {
      if (!isId(userId)) return false;
      const noted = auditEvents.where({ userId, kind, ...from });
      const row = await (since ? noted.where(where.gt('at', since)) : noted).select('_id').first();
      return row !== null;
    },

    async list(userId: string, { cursor, limit }: PageRequest): Promise<Page<AuditEvent>> {
      if (!isId(userId)) return { items: [], nextCursor: null };
      const position = cursor ? decodeCursor(cursor) : null;
      const mine = auditEvents.where(where.eq('userId', idOperand(userId)));
      const rows = await (position ? mine.where(behind('at', position)) : mine)
        .orderBy({ at: -1, _id: -1 })
        .limit(limit + 1)
        .all();
      const items = rows.slice(0, limit).map((row) => toEntity<AuditEvent>(row, OPTIONAL));
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
    },

    /** @returns how many events were deleted */
    async deleteByUser(userId: string): Promise<number> {
      return isId(userId) ? auditEvents.where({ userId }).deleteAndCount() : 0;
    },
  };
}

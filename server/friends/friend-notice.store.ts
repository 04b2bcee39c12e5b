import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { changes } from '../db/entity.ts';
import { where } from '../db/filters.ts';

/**
 * Stores the emails about requests and acceptances that are still to be sent, in the friendships
 * themselves. What one says and to whom follows from the friendship when it is sent.
 */
export function createFriendNoticeStore({ orm: { friendships } }: Database) {
  return {
    /** Friendships with an email due in this span, the earliest first. */
    async listDue(span: { from: Date; before: Date }, limit: number): Promise<string[]> {
      const rows = await friendships
        .where(where.gte('noticeDueAt', span.from))
        .where(where.lt('noticeDueAt', span.before))
        .orderBy({ noticeDueAt: 1 })
        .limit(limit)
        .select('_id')
        .all();
      return rows.map(({ _id }) => _id);
    },

    /** Lets one of several concurrent callers send the email that is due; false for the others. */
    async claim(id: string, dueAt: Date): Promise<boolean> {
      if (!isId(id)) return false;
      const due = friendships.where({ _id: id }).where(where.eq('noticeDueAt', dueAt));
      return (await due.updateAndCount(changes({ noticeDueAt: null }))) === 1;
    },

    /**
     * Postpones the email that was due, or cancels it; does nothing once another was planned.
     *
     * @param wasDueAt null after a claim that is given back
     */
    async setDue(id: string, wasDueAt: Date | null, dueAt: Date | null): Promise<void> {
      if (!isId(id)) return;
      const was = wasDueAt ? where.eq('noticeDueAt', wasDueAt) : where.isNull('noticeDueAt');
      await friendships
        .where({ _id: id })
        .where(was)
        .updateAndCount(changes({ noticeDueAt: dueAt }));
    },
  };
}

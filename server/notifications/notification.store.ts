import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { changes } from '../db/entity.ts';
import { where } from '../db/filters.ts';

/** A way to notify a user of a letter. Each letter records its own state for each channel. */
export type NotificationChannel = 'email' | 'sms';

const fields = {
  email: { pending: 'emailDueAt', notified: 'emailNoticeAt' },
  sms: { pending: 'smsDueAt', notified: 'smsNoticeAt' },
} as const;

const START_OF_TIME = new Date(0);

/**
 * Stores the notifications of letters, in the letters' own documents. A notification is pending
 * from delivery until its sender claims it, it is cancelled, or the letter is read.
 */
export function createNotificationStore({ orm: { letters } }: Database) {
  return {
    /**
     * Delivered letters whose notification was pending for a time in this span, the earliest first.
     */
    async listDue(
      channel: NotificationChannel,
      span: { from: Date; before: Date },
      limit: number,
    ): Promise<string[]> {
      const { pending } = fields[channel];
      const rows = await letters
        .where({ status: 'delivered' })
        .where(where.gte(pending, span.from))
        .where(where.lt(pending, span.before))
        .orderBy({ [pending]: 1 })
        .limit(limit)
        .select('_id')
        .all();
      return rows.map(({ _id }) => _id);
    },

    /** A user's delivered letters with a pending email notification, at whatever time. */
    async listDueOf(receiverId: string, limit: number): Promise<string[]> {
      if (!isId(receiverId)) return [];
      const rows = await letters
        .where({ receiverId, status: 'delivered' })
        .where(where.gte('emailDueAt', START_OF_TIME))
        .orderBy({ emailDueAt: 1 })
        .limit(limit)
        .select('_id')
        .all();
      return rows.map(({ _id }) => _id);
    },

    /**
     * Lets one of several concurrent callers send the notification; false for the others,
     * permanently.
     */
    async claim(channel: NotificationChannel, letterId: string, at: Date): Promise<boolean> {
      if (!isId(letterId)) return false;
      const { pending, notified } = fields[channel];
      const unclaimed = letters.where({ _id: letterId }).where(where.isNull(notified));
      return (await unclaimed.updateAndCount(changes({ [notified]: at, [pending]: null }))) === 1;
    },

    /**
     * Releases the claim made at `claimedAt` whose notification certainly was not sent; it is
     * pending again at `pendingAt`.
     */
    async release(
      channel: NotificationChannel,
      letterId: string,
      claimedAt: Date,
      pendingAt: Date,
    ): Promise<void> {
      if (!isId(letterId)) return;
      const field = fields[channel];
      const claimed = letters.where({ _id: letterId, [field.notified]: claimedAt });
      await claimed.updateAndCount(changes({ [field.notified]: null, [field.pending]: pendingAt }));
    },

    /** Postpones an unclaimed notification, or cancels it with null. */
    async setDue(channel: NotificationChannel, letterId: string, pendingAt: Date | null): Promise<void> {
      if (!isId(letterId)) return;
      const field = fields[channel];
      const unclaimed = letters
        .where({ _id: letterId, status: 'delivered' })
        .where(where.isNull(field.notified));
      await unclaimed.updateAndCount(changes({ [field.pending]: pendingAt }));
    },
  };
}

import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { changes } from '../db/entity.ts';
import { where } from '../db/filters.ts';

/** By what a person is told of a letter; each letter keeps account of each. */
export type NotificationChannel = 'email' | 'sms';

const fields = {
  email: { due: 'emailDueAt', told: 'emailNoticeAt' },
  sms: { due: 'smsDueAt', told: 'smsNoticeAt' },
} as const;

const START_OF_TIME = new Date(0);

/**
 * The notifications of letters, kept in the letters' own documents. A notification is due from the delivery on until it is claimed
 * by whoever tells, called off, or the letter is read.
 */
export function createNotificationStore({ orm: { letters } }: Database) {
  return {
    /** Ids of delivered letters whose notification was due in a span of time, the earliest first. */
    async listDue(
      channel: NotificationChannel,
      span: { from: Date; before: Date },
      limit: number,
    ): Promise<string[]> {
      const { due } = fields[channel];
      const rows = await letters
        .where({ status: 'delivered' })
        .where(where.gte(due, span.from))
        .where(where.lt(due, span.before))
        .orderBy({ [due]: 1 })
        .limit(limit)
        .select('_id')
        .all();
      return rows.map(({ _id }) => _id);
    },

    /** Ids of a person's delivered letters that they are still to be told of by e-mail, whenever that is due. */
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

    /** Of several callers, one may tell; false for the others, for ever. */
    async claim(channel: NotificationChannel, letterId: string, at: Date): Promise<boolean> {
      if (!isId(letterId)) return false;
      const { due, told } = fields[channel];
      const unclaimed = letters.where({ _id: letterId }).where(where.isNull(told));
      return (await unclaimed.updateAndCount(changes({ [told]: at, [due]: null }))) === 1;
    },

    /** Gives a claim of that moment back when its notification certainly did not go out; it is due again at `due`. */
    async release(channel: NotificationChannel, letterId: string, claimedAt: Date, due: Date): Promise<void> {
      if (!isId(letterId)) return;
      const field = fields[channel];
      const claimed = letters.where({ _id: letterId, [field.told]: claimedAt });
      await claimed.updateAndCount(changes({ [field.told]: null, [field.due]: due }));
    },

    /** Puts an unclaimed notification off, or with null calls it off. */
    async setDue(channel: NotificationChannel, letterId: string, due: Date | null): Promise<void> {
      if (!isId(letterId)) return;
      const field = fields[channel];
      const unclaimed = letters.where({ _id: letterId, status: 'delivered' }).where(where.isNull(field.told));
      await unclaimed.updateAndCount(changes({ [field.due]: due }));
    },
  };
}

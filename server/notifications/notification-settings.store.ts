import { isId } from '#core/id.ts';
import type { EmailNotices, SmsRefusalReason } from '#core/schemas/notifications.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, toEntity } from '../db/entity.ts';
import { or, where } from '../db/filters.ts';

/**
 * How a person is notified of letters. `sms` is on or off by choice, or off because the number answered STOP or takes
 * no texts. Times are minutes after midnight and a full hour, by the clocks of the account's zone.
 */
export type NoticeSettings = Omit<Entity<'NoticeSettings'>, 'email' | 'sms'> & {
  email: EmailNotices;
  sms: 'on' | 'off' | SmsRefusalReason;
};

type Changes = Partial<Omit<NoticeSettings, 'id' | 'updatedAt'>>;

const OPTIONAL = ['verifiedMobile', 'quietFrom', 'quietTo', 'digestAt'] as const;

/** The settings of a person who never changed any. */
function defaultNotificationSettings(userId: string): NoticeSettings {
  return {
    id: userId,
    email: 'each',
    sms: 'off',
    verifiedMobile: null,
    quietFrom: null,
    quietTo: null,
    digestHour: 18,
    digestAt: null,
    updatedAt: new Date(0),
  };
}

export function createNotificationSettingsStore({ orm: { noticeSettings } }: Database) {
  return {
    /** The person's settings, or the defaults. */
    async find(userId: string): Promise<NoticeSettings> {
      const row = isId(userId) ? await noticeSettings.where({ _id: userId }).first() : null;
      return row ? toEntity<NoticeSettings>(row, OPTIONAL) : defaultNotificationSettings(userId);
    },

    /** Changes what is given and leaves the rest; null empties a field. */
    async save(userId: string, changed: Changes, at: Date): Promise<void> {
      const fields = { ...changed, updatedAt: at };
      const update = () => noticeSettings.where({ _id: userId }).updateAndCount(changes(fields));
      if ((await update()) === 1) return;
      const { id: _, ...first } = defaultNotificationSettings(userId);
      const filled = Object.entries({ ...first, ...fields }).filter(([, value]) => value !== null);
      const row = { _id: userId, ...Object.fromEntries(filled) } as Parameters<
        typeof noticeSettings.create
      >[0];
      if ((await insertOnce(() => noticeSettings.create(row))) === 'exists') await update();
    },

    async delete(userId: string): Promise<void> {
      if (isId(userId)) await noticeSettings.where({ _id: userId }).deleteAndCount();
    },

    /** Switches texts off because a number does not take them; not when texts go to another number by now. */
    async refuseSms(userId: string, mobile: string, reason: SmsRefusalReason, at: Date): Promise<boolean> {
      if (!isId(userId)) return false;
      const matching = noticeSettings.where({ _id: userId, sms: 'on', verifiedMobile: mobile });
      return (await matching.updateAndCount(changes({ sms: reason, updatedAt: at }))) === 1;
    },

    /** Of several callers, one may send the digest that was due at `due`; false when it was sent or is being sent. */
    async claimDigest(userId: string, due: Date, at: Date): Promise<boolean> {
      if (!isId(userId)) return false;
      const unsent = noticeSettings
        .where({ _id: userId })
        .where(or(where.isNull('digestAt'), where.lt('digestAt', due)));
      return (await unsent.updateAndCount(changes({ digestAt: at }))) === 1;
    },

    /** Gives a claim of that moment back; `before` is what stood there. */
    async releaseDigest(userId: string, claimedAt: Date, before: Date | null): Promise<void> {
      if (!isId(userId)) return;
      const claimed = noticeSettings.where({ _id: userId, digestAt: claimedAt });
      await claimed.updateAndCount(changes({ digestAt: before }));
    },
  };
}

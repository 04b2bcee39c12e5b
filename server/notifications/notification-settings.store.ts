import { isId } from '#core/id.ts';
import type { EmailNotices, SmsRefusalReason } from '#core/schemas/notifications.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, toEntity } from '../db/entity.ts';
import { or, where } from '../db/filters.ts';

/**
 * A user's notification settings. `sms` is on or off by choice, or off because the number answered
 * STOP or cannot receive texts. Times are minutes after midnight, the digest hour a full hour, in
 * the account's time zone.
 */
export type NoticeSettings = Omit<Entity<'NoticeSettings'>, 'email' | 'sms'> & {
  email: EmailNotices;
  sms: 'on' | 'off' | SmsRefusalReason;
};

type Changes = Partial<Omit<NoticeSettings, 'id' | 'updatedAt'>>;

const OPTIONAL = ['verifiedMobile', 'quietFrom', 'quietTo', 'digestAt'] as const;

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
    async find(userId: string): Promise<NoticeSettings> {
      const row = isId(userId) ? await noticeSettings.where({ _id: userId }).first() : null;
      return row ? toEntity<NoticeSettings>(row, OPTIONAL) : defaultNotificationSettings(userId);
    },

    /** Changes the given fields; null clears one. */
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

    /**
     * Turns texts off because a number cannot receive them, unless the user has another number by
     * now.
     */
    async refuseSms(userId: string, mobile: string, reason: SmsRefusalReason, at: Date): Promise<boolean> {
      if (!isId(userId)) return false;
      const matching = noticeSettings.where({ _id: userId, sms: 'on', verifiedMobile: mobile });
      return (await matching.updateAndCount(changes({ sms: reason, updatedAt: at }))) === 1;
    },

    /**
     * Lets one of several concurrent callers send the digest of `scheduled`; false when it was sent
     * or is being sent.
     */
    async claimDigest(userId: string, scheduled: Date, at: Date): Promise<boolean> {
      if (!isId(userId)) return false;
      const unsent = noticeSettings
        .where({ _id: userId })
        .where(or(where.isNull('digestAt'), where.lt('digestAt', scheduled)));
      return (await unsent.updateAndCount(changes({ digestAt: at }))) === 1;
    },

    /** Releases the claim made at `claimedAt`; `before` is the value to restore. */
    async releaseDigest(userId: string, claimedAt: Date, before: Date | null): Promise<void> {
      if (!isId(userId)) return;
      const claimed = noticeSettings.where({ _id: userId, digestAt: claimedAt });
      await claimed.updateAndCount(changes({ digestAt: before }));
    },
  };
}

import { nextDailyTime } from '#core/notifications/daily-time.ts';
import { nextAllowedTime } from '#core/notifications/quiet-hours.ts';
import { isTimeZone } from '#core/notifications/zoned-clock.ts';
import type { User } from '../accounts/user.store.ts';
import type { NoticeSettings } from './notification-settings.store.ts';

/** When to notify a user by each channel; null for never. */
export interface NotificationPlan {
  email: Date | null;
  sms: Date | null;
}

type Person = Pick<User, 'emailVerifiedAt' | 'mobile' | 'timeZone'>;

/** The user's time zone, or UTC while it is unknown. */
export function zoneOf({ timeZone }: Pick<User, 'timeZone'>): string {
  return timeZone && isTimeZone(timeZone) ? timeZone : 'UTC';
}

/** Whether texts may be sent to the user: turned on, with a confirmed number. */
export function takesTexts({ mobile }: Pick<User, 'mobile'>, settings: NoticeSettings): boolean {
  return settings.sms === 'on' && mobile !== null && mobile === settings.verifiedMobile;
}

/** The end of the user's quiet hours; `now` outside of them. */
export function endOfQuiet(person: Pick<User, 'timeZone'>, settings: NoticeSettings, now: Date): Date {
  const { quietFrom, quietTo } = settings;
  if (quietFrom === null || quietTo === null) return now;
  return nextAllowedTime(now, zoneOf(person), quietFrom, quietTo);
}

/**
 * Plans the notifications of a letter that is delivered now: after the quiet hours, and once a day
 * if the user chose that.
 */
export function planNotifications(person: Person, settings: NoticeSettings, now: Date): NotificationPlan {
  const wantsMail = settings.email !== 'off' && person.emailVerifiedAt !== null;
  const mailTime =
    settings.email === 'daily' ? nextDailyTime(now, zoneOf(person), settings.digestHour * 60) : now;
  return {
    email: wantsMail ? endOfQuiet(person, settings, mailTime) : null,
    sms: takesTexts(person, settings) ? endOfQuiet(person, settings, now) : null,
  };
}

import type { EmailNotices } from '#core/schemas/notifications.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { NoticeSettings } from './notification-settings.store.ts';

export interface ShownSettings {
  email: EmailNotices;
  emailAddress: string;
  /** Full hour, 0–23. */
  digestHour: number;
  sms: NoticeSettings['sms'];
  /** False when this installation sends no texts at all. */
  textsAvailable: boolean;
  /** `HH:MM`; both empty when there are no quiet hours. */
  quietFrom: string;
  quietTo: string;
  /** IANA name. */
  timeZone: string | null;
  /** E.164. */
  mobile: string | null;
  mobileVerified: boolean;
  /** The valid code that waits to be confirmed, if any. */
  code: { mobile: string; refusal: 'stopped' | 'bad-number' | null; triesLeft: number } | null;
}

export async function readNotificationSettings(deps: Deps, actor: Actor): Promise<ShownSettings> {
  const { users, notificationSettings, mobileCodes } = deps.stores;
  const [user, settings, code] = await Promise.all([
    users.findById(actor.userId),
    notificationSettings.find(actor.userId),
    mobileCodes.find(actor.userId),
  ]);
  if (!user) throw new AppError('not-found', 'This account no longer exists.');
  const codeIsGood = code && code.expiresAt > deps.now() && code.mobile === user.mobile;
  return {
    email: settings.email,
    emailAddress: user.email,
    digestHour: settings.digestHour,
    sms: settings.sms,
    textsAvailable: deps.sms !== null,
    quietFrom: timeText(settings.quietFrom),
    quietTo: timeText(settings.quietTo),
    timeZone: user.timeZone,
    mobile: user.mobile,
    mobileVerified: user.mobile !== null && user.mobile === settings.verifiedMobile,
    code: codeIsGood ? { mobile: code.mobile, refusal: code.refusal, triesLeft: code.triesLeft } : null,
  };
}

function timeText(minute: number | null): string {
  if (minute === null) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

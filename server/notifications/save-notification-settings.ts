import type { NotificationSettingsInput } from '#core/schemas/notifications.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { takesTexts } from './plan-notifications.ts';

/**
 * Saves a user's notification settings. Texts can be turned on only for a confirmed number, also
 * after STOP or an unreachable number turned them off.
 *
 * @throws {AppError} `invalid-input` naming `sms` when there is no such number.
 */
export async function saveNotificationSettings(
  deps: Deps,
  actor: Actor,
  input: NotificationSettingsInput,
): Promise<void> {
  const { users, notificationSettings } = deps.stores;
  const { timeZone, sms, ...changed } = input;
  const [user, settings] = await Promise.all([
    users.findById(actor.userId),
    notificationSettings.find(actor.userId),
  ]);
  if (!user) throw new AppError('not-found', 'This account no longer exists.');
  if (sms && (!deps.sms || !takesTexts(user, { ...settings, sms: 'on' }))) {
    const message = 'Confirm your mobile number first, then turn on texts.';
    throw new AppError('invalid-input', message, { fields: { sms: message } });
  }
  // A refusal stays visible until the user turns texts on again, or off.
  const keepsRefusal = !sms && settings.sms !== 'on';
  await notificationSettings.save(
    actor.userId,
    { ...changed, sms: sms ? 'on' : keepsRefusal ? settings.sms : 'off' },
    deps.now(),
  );
  await users.setTimeZone(actor.userId, timeZone);
}

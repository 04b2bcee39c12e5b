import type { z } from 'zod';
import type { letterNotifySms } from '#server/notifications/notification.jobs.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import { SmsRefused } from '#server/sms/sms-sender.ts';
import { letterArrivedText } from '#server/sms/templates/letter-arrived.ts';
import { checkTextLater } from './check-text.ts';
import type { WorkerDeps } from './deps.ts';
import { dueAgain, type OpenNotification, openNotification } from './open-notification.ts';

type SmsDeps = Pick<WorkerDeps, 'stores' | 'queue' | 'sms' | 'log' | 'now' | 'env'>;

/**
 * Notifies the receiver of a delivered letter by text message, at most once, like {@link
 * notifyByEmail}. Turns texts off for a number that answered STOP or cannot receive texts, until
 * its owner turns them on again.
 */
export async function notifyBySms(
  deps: SmsDeps,
  { letterId }: z.infer<typeof letterNotifySms.payload>,
): Promise<string> {
  if (!deps.sms) {
    await deps.stores.notifications.setDue('sms', letterId, null);
    return 'no texts here';
  }
  const notification = await openNotification(deps, 'sms', letterId);
  if (typeof notification === 'string') return notification;
  const { author, now } = notification;
  // A plan with a text has a number.
  const to = notification.receiver.mobile ?? '';
  if (!(await deps.stores.notifications.claim('sms', letterId, now))) return 'told by another';
  try {
    const text = letterArrivedText({ authorName: author.username, letterId, appUrl: deps.env.APP_URL });
    const textId = await deps.sms.send({ to, text });
    await checkTextLater(deps, notification.receiver.id, textId);
  } catch (error) {
    // The claim stays: a second attempt would get the same answer.
    if (error instanceof SmsRefused) return switchOff(deps, notification, to, error);
    await deps.stores.notifications.release('sms', letterId, now, dueAgain(notification, 'sms'));
    throw error;
  }
  deps.log.info('letter notification sent', { letterId, channel: 'sms' });
  return 'told';
}

async function switchOff(
  deps: SmsDeps,
  { receiver, now }: OpenNotification,
  to: string,
  { reason, message }: SmsRefused,
): Promise<string> {
  if (reason === 'other') throw new UnrecoverableError(message);
  await deps.stores.notificationSettings.refuseSms(receiver.id, to, reason, now);
  deps.log.info('texts switched off', { userId: receiver.id, reason });
  return 'texts switched off';
}

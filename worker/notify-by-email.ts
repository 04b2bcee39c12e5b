import type { z } from 'zod';
import { latestDailyTime, nextDailyTime } from '#core/notifications/daily-time.ts';
import { letterArrived } from '#server/mail/templates/letter-arrived.ts';
import type { letterNotifyEmail } from '#server/notifications/notification.jobs.ts';
import { noticesDigest } from '#server/notifications/notification.jobs.ts';
import { zoneOf } from '#server/notifications/plan-notifications.ts';
import { unsubscribeUrl } from '#server/notifications/unsubscribe.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { dueAgain, type OpenNotification, openNotification } from './open-notification.ts';
import { sendMail } from './send-mail.ts';

type EmailDeps = Pick<WorkerDeps, 'stores' | 'queue' | 'mailer' | 'serverKeys' | 'log' | 'now' | 'env'>;

/**
 * Notifies the receiver of a delivered letter by email, at most once: claims the notification
 * before sending, and releases the claim only when the mail certainly was not sent.
 */
export async function notifyByEmail(
  deps: EmailDeps,
  { letterId }: z.infer<typeof letterNotifyEmail.payload>,
): Promise<string> {
  const notification = await openNotification(deps, 'email', letterId);
  if (typeof notification === 'string') return notification;
  if (notification.settings.email === 'daily') return leaveToDigest(deps, notification);

  const { receiver, author, now } = notification;
  if (!(await deps.stores.notifications.claim('email', letterId, now))) return 'told by another';
  try {
    await sendMail(
      deps,
      letterArrived({
        to: receiver.email,
        receiverName: receiver.username,
        authorName: author.username,
        letterId,
        unsubscribeUrl: await unsubscribeUrl(deps, receiver.id),
        appUrl: deps.env.APP_URL,
      }),
    );
  } catch (error) {
    // The claim stays: the address was refused, and a retry would be, too.
    if (error instanceof UnrecoverableError) throw error;
    await deps.stores.notifications.release('email', letterId, now, dueAgain(notification, 'email'));
    throw error;
  }
  deps.log.info('letter notification sent', { letterId, channel: 'email' });
  return 'told';
}

/** Leaves a letter to the daily digest: today's if it is still to come, else tomorrow's. */
async function leaveToDigest(deps: EmailDeps, notification: OpenNotification): Promise<string> {
  const { letter, receiver, settings, now } = notification;
  if (letter.emailDueAt && letter.emailDueAt > now) return 'waits for the digest';
  const [zone, minute] = [zoneOf(receiver), settings.digestHour * 60] as const;
  if (settings.digestAt && settings.digestAt >= latestDailyTime(now, zone, minute)) {
    await deps.stores.notifications.setDue('email', letter.id, nextDailyTime(now, zone, minute));
    return 'waits for the digest';
  }
  await enqueue(deps.queue, noticesDigest, { userId: receiver.id });
  return 'left to the digest';
}

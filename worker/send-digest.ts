import type { z } from 'zod';
import { latestDailyTime } from '#core/notifications/daily-time.ts';
import { lettersWaiting } from '#server/mail/templates/letters-waiting.ts';
import type { noticesDigest } from '#server/notifications/notification.jobs.ts';
import { endOfQuiet, zoneOf } from '#server/notifications/plan-notifications.ts';
import { unsubscribeUrl } from '#server/notifications/unsubscribe.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { sendMail } from './send-mail.ts';

/** More than anyone leaves unread; the rest comes in tomorrow's digest. */
const LETTERS_MAX = 500;

/**
 * Mails a user how many letters are waiting, at most once for each scheduled digest. Claims the
 * digest first, then each letter, so that no letter is counted twice. If the user no longer wants a
 * digest, the sweeper handles the letters.
 */
export async function sendDigest(
  deps: Pick<WorkerDeps, 'stores' | 'mailer' | 'serverKeys' | 'log' | 'now' | 'env'>,
  { userId }: z.infer<typeof noticesDigest.payload>,
): Promise<string> {
  const { users, notificationSettings, notifications } = deps.stores;
  const [person, settings] = await Promise.all([users.findById(userId), notificationSettings.find(userId)]);
  if (!person?.emailVerifiedAt || settings.email !== 'daily') return 'not wanted';
  const now = deps.now();
  if (endOfQuiet(person, settings, now).getTime() > now.getTime()) return 'quiet hours';
  const waiting = await notifications.listDueOf(userId, LETTERS_MAX);
  if (waiting.length === 0) return 'nothing new';
  const scheduled = latestDailyTime(now, zoneOf(person), settings.digestHour * 60);
  if (!(await notificationSettings.claimDigest(userId, scheduled, now))) return 'told before';

  const claimed: string[] = [];
  try {
    for (const letterId of waiting) {
      if (await notifications.claim('email', letterId, now)) claimed.push(letterId);
    }
    if (claimed.length === 0) return 'told by another';
    await sendMail(
      deps,
      lettersWaiting({
        to: person.email,
        receiverName: person.username,
        count: claimed.length,
        unsubscribeUrl: await unsubscribeUrl(deps, userId),
        appUrl: deps.env.APP_URL,
      }),
    );
  } catch (error) {
    if (error instanceof UnrecoverableError) throw error;
    for (const letterId of claimed) await notifications.release('email', letterId, now, now);
    await notificationSettings.releaseDigest(userId, now, settings.digestAt);
    throw error;
  }
  deps.log.info('digest sent', { userId, letters: claimed.length });
  return 'told';
}

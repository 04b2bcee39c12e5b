import type { User } from '#server/accounts/user.store.ts';
import { hasBlocked } from '#server/friends/relationship.ts';
import type { StoredLetter } from '#server/letters/letter.store.ts';
import type { NotificationChannel } from '#server/notifications/notification.store.ts';
import type { NoticeSettings } from '#server/notifications/notification-settings.store.ts';
import { endOfQuiet, planNotifications } from '#server/notifications/plan-notifications.ts';
import type { WorkerDeps } from './deps.ts';

export interface OpenNotification {
  letter: StoredLetter;
  receiver: User;
  author: User;
  settings: NoticeSettings;
  now: Date;
}

const fields = {
  email: { pending: 'emailDueAt', notified: 'emailNoticeAt' },
  sms: { pending: 'smsDueAt', notified: 'smsNoticeAt' },
} as const;

/**
 * Decides whether to notify a letter's receiver by a channel now. Uses the receiver's current
 * settings. Cancels a notification that is no longer wanted, and postpones one in quiet hours until
 * they are over.
 *
 * @returns the notification, or the reason for not sending it
 */
export async function openNotification(
  deps: Pick<WorkerDeps, 'stores' | 'now'>,
  channel: NotificationChannel,
  letterId: string,
): Promise<OpenNotification | string> {
  const { letters, users, friendships, notificationSettings, notifications } = deps.stores;
  const letter = await letters.findById(letterId);
  const isGone = !letter || ['failed', 'withheld', 'recalled'].includes(letter.status);
  if (isGone) return 'gone';
  if (letter.status === 'queued' || letter.status === 'scheduled')
    throw new Error('The letter is not delivered yet.');
  if (letter.status === 'read' || letter[fields[channel].notified]) return 'known already';
  const [receiver, author, friendship, settings] = await Promise.all([
    users.findById(letter.receiverId),
    users.findById(letter.authorId),
    friendships.find(letter.authorId, letter.receiverId),
    notificationSettings.find(letter.receiverId),
  ]);
  const now = deps.now();
  const blocked = friendship !== null && hasBlocked(friendship, letter.receiverId);
  if (!receiver || !author || blocked || !planNotifications(receiver, settings, now)[channel]) {
    await notifications.setDue(channel, letterId, null);
    return 'not wanted';
  }
  const until = endOfQuiet(receiver, settings, now);
  if (until.getTime() > now.getTime()) {
    await notifications.setDue(channel, letterId, until);
    return 'quiet hours';
  }
  return { letter, receiver, author, settings, now };
}

/**
 * The time at which a released notification is pending again: as before, so that it is not
 * postponed forever.
 */
export function dueAgain({ letter, now }: OpenNotification, channel: NotificationChannel): Date {
  return letter[fields[channel].pending] ?? now;
}

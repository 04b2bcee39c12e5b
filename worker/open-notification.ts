import type { User } from '#server/accounts/user.store.ts';
import { hasBlocked } from '#server/friends/relationship.ts';
import type { StoredLetter } from '#server/letters/letter.store.ts';
import type { NotificationChannel } from '#server/notifications/notification.store.ts';
import type { NoticeSettings } from '#server/notifications/notification-settings.store.ts';
import { endOfQuiet, planNotifications } from '#server/notifications/plan-notifications.ts';
import type { WorkerDeps } from './deps.ts';

/** A notification that may go out now, and whom it is from and for. */
export interface OpenNotification {
  letter: StoredLetter;
  receiver: User;
  author: User;
  settings: NoticeSettings;
  now: Date;
}

const fields = {
  email: { due: 'emailDueAt', told: 'emailNoticeAt' },
  sms: { due: 'smsDueAt', told: 'smsNoticeAt' },
} as const;

/**
 * Looks whether a letter's receiver is to be told by a channel at this moment; else says why not. The wishes that count are
 * today's: a notification that is not wanted any more is called off, and one that comes upon quiet hours is put off, to be found by
 * the sweeper when they are over.
 */
export async function openNotification(
  deps: Pick<WorkerDeps, 'stores' | 'now'>,
  channel: NotificationChannel,
  letterId: string,
): Promise<OpenNotification | string> {
  const { letters, users, friendships, notificationSettings, notifications } = deps.stores;
  const letter = await letters.findById(letterId);
  if (!letter || letter.status === 'failed' || letter.status === 'withheld') return 'gone';
  if (letter.status === 'queued') throw new Error('The letter is not delivered yet.');
  if (letter.status === 'read' || letter[fields[channel].told]) return 'known already';
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

/** When a claimed notification that did not go out is due again: when it was, so that it is not put off for ever. */
export function dueAgain({ letter, now }: OpenNotification, channel: NotificationChannel): Date {
  return letter[fields[channel].due] ?? now;
}

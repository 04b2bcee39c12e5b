import type { User } from '#server/accounts/user.store.ts';
import { hasBlocked } from '#server/friends/relationship.ts';
import type { StoredLetter } from '#server/letters/letter.store.ts';
import type { NoticeChannel } from '#server/notifications/notice.store.ts';
import type { NoticeSettings } from '#server/notifications/notice-settings.store.ts';
import { endOfQuiet, planNotices } from '#server/notifications/plan-notices.ts';
import type { WorkerDeps } from './deps.ts';

/** A notice that may go out now, and whom it is from and for. */
export interface OpenNotice {
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
 * today's: a notice that is not wanted any more is called off, and one that comes upon quiet hours is put off, to be found by
 * the sweeper when they are over.
 */
export async function openNotice(
  deps: Pick<WorkerDeps, 'stores' | 'now'>,
  channel: NoticeChannel,
  letterId: string,
): Promise<OpenNotice | string> {
  const { letters, users, friendships, noticeSettings, notices } = deps.stores;
  const letter = await letters.findById(letterId);
  if (!letter || letter.status === 'failed' || letter.status === 'withheld') return 'gone';
  if (letter.status === 'queued') throw new Error('The letter is not delivered yet.');
  if (letter.status === 'read' || letter[fields[channel].told]) return 'known already';
  const [receiver, author, friendship, settings] = await Promise.all([
    users.findById(letter.receiverId),
    users.findById(letter.authorId),
    friendships.find(letter.authorId, letter.receiverId),
    noticeSettings.find(letter.receiverId),
  ]);
  const now = deps.now();
  const blocked = friendship !== null && hasBlocked(friendship, letter.receiverId);
  if (!receiver || !author || blocked || !planNotices(receiver, settings, now)[channel]) {
    await notices.setDue(channel, letterId, null);
    return 'not wanted';
  }
  const until = endOfQuiet(receiver, settings, now);
  if (until.getTime() > now.getTime()) {
    await notices.setDue(channel, letterId, until);
    return 'quiet hours';
  }
  return { letter, receiver, author, settings, now };
}

/** When a claimed notice that did not go out is due again: when it was, so that it is not put off for ever. */
export function dueAgain({ letter, now }: OpenNotice, channel: NoticeChannel): Date {
  return letter[fields[channel].due] ?? now;
}

import type { User } from '../accounts/user.store.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { planNotifications } from '../notifications/plan-notifications.ts';
import { enqueue } from '../queue/enqueue.ts';
import { friendNotify } from './friend.jobs.ts';

/**
 * Plans the email that tells a user of a friend request: one a day from the same person, however
 * often they ask.
 *
 * @returns when it is due, by the user's choices; null for none
 */
export async function planRequestNotice(deps: Deps, told: User, askerId: string): Promise<Date | null> {
  const due = await planFriendNotice(deps, told);
  if (!due) return null;
  try {
    await deps.limits.count('friend request mail by pair', `${askerId}:${told.id}`);
    return due;
  } catch {
    return null;
  }
}

/** Plans the email that tells a user of an acceptance. */
export async function planFriendNotice(deps: Deps, told: User): Promise<Date | null> {
  const settings = await deps.stores.notificationSettings.find(told.id);
  return planNotifications(told, settings, deps.now()).email;
}

/**
 * Enqueues the email of a friendship that has one due. Never fails for the user: the sweeper finds
 * what the queue doesn't take.
 */
export async function enqueueFriendNotice(deps: Deps, ownId: string, otherId: string): Promise<void> {
  try {
    const friendship = await deps.stores.friendships.find(ownId, otherId);
    if (!friendship?.noticeDueAt) return;
    const { id: friendshipId, noticeDueAt } = friendship;
    const delay = Math.max(0, noticeDueAt.getTime() - deps.now().getTime());
    const deduplication = { id: `friend.notify.${friendshipId}.${noticeDueAt.getTime()}` };
    await enqueue(deps.queue, friendNotify, { friendshipId }, { delay, deduplication });
  } catch (error) {
    deps.log.error('friend notice not enqueued', describeError(error));
  }
}

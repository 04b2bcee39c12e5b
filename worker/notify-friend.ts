import type { z } from 'zod';
import type { friendNotify } from '#server/friends/friend.jobs.ts';
import type { Friendship } from '#server/friends/friendship.store.ts';
import { hasBlocked } from '#server/friends/relationship.ts';
import { friendAccepted, friendRequested } from '#server/mail/templates/friend-news.ts';
import { endOfQuiet, planNotifications } from '#server/notifications/plan-notifications.ts';
import { unsubscribeUrl } from '#server/notifications/unsubscribe.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { sendMail } from './send-mail.ts';

type FriendDeps = Pick<WorkerDeps, 'stores' | 'mailer' | 'serverKeys' | 'log' | 'now' | 'env'>;

/**
 * Tells a user by email of a friend request, or that theirs or their invitation was accepted. Claims the email before
 * sending, so that it is sent at most once, and gives the claim back only when it certainly was not
 * sent. Decides by the friendship and the settings as they are now.
 */
export async function notifyFriend(
  deps: FriendDeps,
  { friendshipId }: z.infer<typeof friendNotify.payload>,
): Promise<string> {
  const { friendships, friendNotices, users, notificationSettings } = deps.stores;
  const friendship = await friendships.findById(friendshipId);
  const dueAt = friendship?.noticeDueAt;
  if (!friendship || !dueAt) return 'known already';
  const now = deps.now();
  if (dueAt > now) return 'not yet';
  const { toldId, otherId } = peopleOf(friendship);
  const [told, other, settings] = await Promise.all([
    users.findById(toldId),
    users.findById(otherId),
    notificationSettings.find(toldId),
  ]);
  const stands = friendship.state === 'requested' || friendship.state === 'accepted';
  const isWanted = told && planNotifications(told, settings, now).email !== null;
  if (!stands || !isWanted || !other || hasBlocked(friendship, toldId)) {
    await friendNotices.setDue(friendshipId, dueAt, null);
    return 'not wanted';
  }
  const until = endOfQuiet(told, settings, now);
  if (until > now) {
    await friendNotices.setDue(friendshipId, dueAt, until);
    return 'quiet hours';
  }
  if (!(await friendNotices.claim(friendshipId, dueAt))) return 'told by another';
  const isApart = other.displayName !== other.username;
  try {
    const news = {
      to: told.email,
      receiverName: told.username,
      otherName: isApart ? `${other.displayName} (${other.username})` : other.username,
      otherUsername: other.username,
      friendshipId,
      at: friendship.updatedAt,
      unsubscribeUrl: await unsubscribeUrl(deps, told.id),
      appUrl: deps.env.APP_URL,
    };
    const accepted = friendship.invitedAt ? 'invitation' : 'request';
    const mail = friendship.state === 'requested' ? friendRequested(news) : friendAccepted(news, accepted);
    await sendMail(deps, mail);
  } catch (error) {
    // The claim stays: the address was refused, and a retry would be, too.
    if (error instanceof UnrecoverableError) throw error;
    await friendNotices.setDue(friendshipId, null, dueAt);
    throw error;
  }
  deps.log.info('friend notice sent', { friendshipId, state: friendship.state });
  return 'told';
}

/** A request is told to who was asked, an acceptance to who had asked. */
function peopleOf({ lowId, highId, requestedBy, state }: Friendship): { toldId: string; otherId: string } {
  const askedId = requestedBy === lowId ? highId : lowId;
  return state === 'accepted'
    ? { toldId: requestedBy, otherId: askedId }
    : { toldId: askedId, otherId: requestedBy };
}

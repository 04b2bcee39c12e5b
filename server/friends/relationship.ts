import { DAY } from '#core/durations.ts';
import type { Friendship } from './friendship.store.ts';

/** How two people stand, seen from one of them. A block and a decline are never seen by the other. */
export type Relationship = 'none' | 'asked' | 'asks-you' | 'friends' | 'blocked' | 'yourself';

/** So long after a decline the other is not asked again, ms. To whoever asks, a request looks unanswered all the same. */
const declineCoolDown = 7 * DAY;

/** Whether this person has blocked the other. */
export function hasBlocked(friendship: Friendship, userId: string): boolean {
  return (userId === friendship.lowId ? friendship.blockedByLow : friendship.blockedByHigh) !== null;
}

/** Whether a request of this person's was declined so lately that asking again only looks as if. */
export function isCoolingDown(friendship: Friendship | null, userId: string, now: Date): boolean {
  if (friendship?.requestedBy !== userId || !['declined', 'withdrawn'].includes(friendship.state))
    return false;
  const declinedAt = friendship.declinedAt ?? friendship.updatedAt;
  return now.getTime() - declinedAt.getTime() < declineCoolDown;
}

export function relationshipOf(friendship: Friendship | null, userId: string): Relationship {
  if (!friendship) return 'none';
  if (hasBlocked(friendship, userId)) return 'blocked';
  const asked = friendship.requestedBy === userId;
  switch (friendship.state) {
    case 'accepted':
      return 'friends';
    case 'requested':
      return asked ? 'asked' : 'asks-you';
    case 'declined':
      return asked ? 'asked' : 'none';
    case 'withdrawn':
    case 'removed':
      return 'none';
  }
}

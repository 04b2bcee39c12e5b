import { DAY } from '#core/durations.ts';
import type { Friendship } from './friendship.store.ts';

/**
 * The relationship of two users, from one's point of view. Neither sees the other's block or
 * decline.
 */
export type Relationship = 'none' | 'asked' | 'asks-you' | 'friends' | 'blocked' | 'yourself';

/**
 * How long after a decline a new request has no effect, ms. To its sender it looks unanswered all
 * the same.
 */
const declineCoolDown = 7 * DAY;

export function hasBlocked(friendship: Friendship, userId: string): boolean {
  return (userId === friendship.lowId ? friendship.blockedByLow : friendship.blockedByHigh) !== null;
}

/** Whether the user's request was declined so recently that asking again has no effect. */
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

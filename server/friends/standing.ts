import type { Friendship } from './friendship.store.ts';

/** How two people stand, seen from one of them. A block and a decline are never seen by the other. */
export type Standing = 'none' | 'asked' | 'asks-you' | 'friends' | 'blocked' | 'yourself';

/** After a decline the other may ask again so much later, ms; until then their request looks unanswered. */
const declineCoolDown = 7 * 24 * 60 * 60 * 1000;

/** Whether this person has blocked the other. */
export function hasBlocked(friendship: Friendship, userId: string): boolean {
  return (userId === friendship.lowId ? friendship.blockedByLow : friendship.blockedByHigh) !== null;
}

export function standingOf(friendship: Friendship | null, userId: string, now: Date): Standing {
  if (!friendship) return 'none';
  if (hasBlocked(friendship, userId)) return 'blocked';
  const asked = friendship.requestedBy === userId;
  switch (friendship.state) {
    case 'accepted':
      return 'friends';
    case 'requested':
      return asked ? 'asked' : 'asks-you';
    case 'declined':
      return asked && now.getTime() - friendship.updatedAt.getTime() < declineCoolDown ? 'asked' : 'none';
    case 'removed':
      return 'none';
  }
}

import type { z } from 'zod';
import { hasBlocked } from '#server/friends/standing.ts';
import { type letterDeliver, letterNotifyEmail } from '#server/letters/letter.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * Marks a queued letter delivered and has the receiver told. Running twice, or five times at once, is one delivery: the
 * state changes by compare-and-set, and the notice is claimed by whoever sends it. A letter to somebody who has blocked its
 * author goes no further, without a word to either.
 */
export async function deliverLetter(
  deps: Pick<WorkerDeps, 'stores' | 'queue' | 'log' | 'now'>,
  { letterId }: z.infer<typeof letterDeliver.payload>,
): Promise<string> {
  const letter = await deps.stores.letters.findById(letterId);
  if (!letter) return 'gone';
  if (letter.status === 'failed') return 'failed before';
  if (letter.status === 'withheld') return 'withheld';
  if (letter.status === 'queued') {
    if (!(await deps.stores.users.findById(letter.receiverId))) {
      await deps.stores.letters.markFailed(letterId, 'receiver-gone');
      deps.log.error('letter failed', { letterId, reason: 'receiver-gone' });
      return 'receiver gone';
    }
    const friendship = await deps.stores.friendships.find(letter.authorId, letter.receiverId);
    if (friendship && hasBlocked(friendship, letter.receiverId)) {
      await deps.stores.letters.withhold(letterId);
      return 'withheld';
    }
    if (await deps.stores.letters.markDelivered(letterId, deps.now()))
      deps.log.info('letter delivered', { letterId });
  }
  // Also for a letter that was delivered before: the attempt that delivered it may have died right here.
  if (letter.status !== 'read' && !letter.emailNoticeAt)
    await enqueue(deps.queue, letterNotifyEmail, { letterId });
  return 'delivered';
}

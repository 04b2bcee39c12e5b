import type { z } from 'zod';
import { hasBlocked } from '#server/friends/relationship.ts';
import type { letterDeliver } from '#server/letters/letter.jobs.ts';
import type { StoredLetter } from '#server/letters/letter.store.ts';
import { enqueueNotifications } from '#server/notifications/enqueue-notifications.ts';
import { planNotifications } from '#server/notifications/plan-notifications.ts';
import type { WorkerDeps } from './deps.ts';

type DeliverDeps = Pick<WorkerDeps, 'stores' | 'queue' | 'log' | 'now'>;

/**
 * Marks a queued letter, or a scheduled one whose time has come, as delivered and notifies the receiver. Running it twice, even
 * concurrently, delivers once: the state changes by compare-and-set, and a notification is claimed
 * before it is sent. A letter to a user who has blocked its author is withheld: it looks delivered
 * to its author at the same moment, and neither user is notified. A letter that was called back is
 * never delivered. One to a former friend fails, and so does one whose receiver has new keys: nobody
 * could open it.
 */
export async function deliverLetter(
  deps: DeliverDeps,
  { letterId }: z.infer<typeof letterDeliver.payload>,
): Promise<string> {
  const letter = await deps.stores.letters.findById(letterId);
  if (!letter) return 'gone';
  if (letter.status === 'failed') return 'failed before';
  if (letter.status === 'withheld') return 'withheld';
  if (letter.status === 'recalled') return 'called back';
  // A job of the letter as it was before it was called back and sent again.
  if (letter.status === 'scheduled' && letter.deliverAt && letter.deliverAt > deps.now()) return 'not yet';
  if (letter.status === 'queued' || letter.status === 'scheduled') return deliver(deps, letter);
  // Delivered before: the attempt that did it may have died before notifying the receiver.
  const settings = await deps.stores.notificationSettings.find(letter.receiverId);
  await enqueueNotifications(deps, letter, settings, { email: letter.emailDueAt, sms: letter.smsDueAt });
  return 'delivered';
}

async function deliver(deps: DeliverDeps, letter: StoredLetter): Promise<string> {
  const { letters, users, friendships, notificationSettings } = deps.stores;
  const [receiver, friendship, settings] = await Promise.all([
    users.findById(letter.receiverId),
    friendships.find(letter.authorId, letter.receiverId),
    notificationSettings.find(letter.receiverId),
  ]);
  if (!receiver) return fail(deps, letter, 'receiver-gone');
  if (friendship && hasBlocked(friendship, letter.receiverId)) {
    await letters.withhold(letter.id, deps.now());
    return 'withheld';
  }
  if (friendship?.state !== 'accepted' || hasBlocked(friendship, letter.authorId)) {
    return fail(deps, letter, 'not-friends');
  }
  if (letter.receiverEpoch !== receiver.keyEpoch) return fail(deps, letter, 'new-keys');
  const now = deps.now();
  // Stored together with the delivery, so that the sweeper can send what the queue loses.
  const plan = planNotifications(receiver, settings, now);
  if (await letters.markDelivered(letter.id, now, plan)) {
    deps.log.info('letter delivered', { letterId: letter.id });
  }
  await enqueueNotifications(deps, letter, settings, plan);
  return 'delivered';
}

/** @returns the reason, which the author is shown */
async function fail(deps: DeliverDeps, { id: letterId }: StoredLetter, reason: string): Promise<string> {
  if (await deps.stores.letters.markFailed(letterId, reason)) {
    deps.log.error('letter failed', { letterId, reason });
  }
  return reason;
}

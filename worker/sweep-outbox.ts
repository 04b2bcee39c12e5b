import { DAY, HOUR, MINUTE, SECOND } from '#core/durations.ts';
import { friendNotify } from '#server/friends/friend.jobs.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { letterNotifyEmail, letterNotifySms } from '#server/notifications/notification.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { IDEA_LIFE_MS } from '#server/stamps/order-stamp.ts';
import { letterStamp } from '#server/stamps/stamp.jobs.ts';
import type { WorkerDeps } from './deps.ts';

/** Younger letters are most likely still in the queue. */
const GRACE_MS = 10 * SECOND;
const STUCK_MS = HOUR;
/**
 * How long a notification is retried after it became pending; after that, the letter just waits in
 * the inbox.
 */
const NOTICE_MS = DAY;
/** Younger ideas are most likely being painted, or waiting for the next attempt. */
const STAMP_GRACE_MS = 10 * MINUTE;
const BATCH = 200;

const channels = [
  { channel: 'email', job: letterNotifyEmail },
  { channel: 'sms', job: letterNotifySms },
] as const;

/**
 * Enqueues work that a crash or an unreachable queue left undone: letters that are still `queued`,
 * scheduled ones whose time has come, pending notifications whose time has come (after quiet hours, or with a digest), and stamp ideas
 * that were not painted, and emails about friends. Jobs already in the queue are not added again.
 */
export async function sweepOutbox(
  deps: Pick<WorkerDeps, 'stores' | 'queue' | 'log' | 'now'>,
): Promise<string> {
  const now = deps.now().getTime();
  const queued = await deps.stores.letters.listQueued(new Date(now - GRACE_MS), BATCH);
  const due = await deps.stores.letters.listDue(new Date(now), BATCH);
  for (const { id } of [...queued, ...due]) await enqueue(deps.queue, letterDeliver, { letterId: id });
  let untold = 0;
  const span = { from: new Date(now - NOTICE_MS), before: new Date(now - GRACE_MS) };
  for (const { channel, job } of channels) {
    const pending = await deps.stores.notifications.listDue(channel, span, BATCH);
    for (const letterId of pending) await enqueue(deps.queue, job, { letterId });
    untold += pending.length;
  }
  const friends = await deps.stores.friendNotices.listDue(span, BATCH);
  for (const friendshipId of friends) await enqueue(deps.queue, friendNotify, { friendshipId });
  untold += friends.length;
  const stamps = await sweepStamps(deps, now);

  const waiting = [...queued.map(({ sentAt }) => sentAt), ...due.map(({ dueAt }) => dueAt)];
  const stuck = waiting.filter((since) => now - since.getTime() > STUCK_MS).length;
  if (stuck > 0) deps.log.error('letters stuck', { count: stuck });
  if (waiting.length + untold + stamps > 0) {
    deps.log.info('outbox swept', { queued: waiting.length, untold, stamps });
  }
  return `${waiting.length} queued, ${untold} untold`;
}

async function sweepStamps(
  { stores, queue }: Pick<WorkerDeps, 'stores' | 'queue'>,
  now: number,
): Promise<number> {
  const span = { from: new Date(now), before: new Date(now + IDEA_LIFE_MS - STAMP_GRACE_MS) };
  const waiting = await stores.stampIdeas.listWaiting(span, BATCH);
  for (const letterId of waiting) await enqueue(queue, letterStamp, { letterId });
  return waiting.length;
}

import type { Deps } from '../deps.ts';
import { enqueue } from '../queue/enqueue.ts';
import { letterNotifyEmail, letterNotifySms, noticesDigest } from './notification.jobs.ts';
import type { NoticeSettings } from './notification-settings.store.ts';
import type { NotificationPlan } from './plan-notifications.ts';

/**
 * Enqueues the notifications of a letter for its receiver. The queue only makes them punctual:
 * their times are stored in the letter, where the sweeper finds them.
 */
export async function enqueueNotifications(
  deps: Pick<Deps, 'queue' | 'now'>,
  letter: { id: string; receiverId: string },
  settings: Pick<NoticeSettings, 'email'>,
  plan: NotificationPlan,
): Promise<void> {
  const letterId = letter.id;
  const wait = (at: Date) => {
    const delay = at.getTime() - deps.now().getTime();
    return delay > 0 ? { delay } : {};
  };
  if (plan.email && settings.email === 'daily') {
    const userId = letter.receiverId;
    // One job a day, however many letters; a changed digest hour makes another job.
    const deduplication = { id: `notices.digest.${userId}.${plan.email.getTime()}` };
    await enqueue(deps.queue, noticesDigest, { userId }, { ...wait(plan.email), deduplication });
  } else if (plan.email) {
    await enqueue(deps.queue, letterNotifyEmail, { letterId }, wait(plan.email));
  }
  if (plan.sms) await enqueue(deps.queue, letterNotifySms, { letterId }, wait(plan.sms));
}

import type { z } from 'zod';
import { describeError } from '#server/log.ts';
import { smsOutcome } from '#server/notifications/notification.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import type { WorkerDeps } from './deps.ts';

/** Has it looked up later what became of a text. That the text went out is true even if this cannot be enqueued. */
export async function checkTextLater(
  deps: Pick<WorkerDeps, 'queue' | 'log'>,
  userId: string,
  textId: string | null,
): Promise<void> {
  if (textId === null) return;
  try {
    await enqueue(deps.queue, smsOutcome, { userId, textId });
  } catch (error) {
    deps.log.error('text not looked after', { userId, ...describeError(error) });
  }
}

/**
 * Learns whether a text was refused after it had been taken. If it was for its number, texts to it are off from here on, and
 * a code that never came is shown as refused.
 */
export async function checkText(
  deps: Pick<WorkerDeps, 'stores' | 'sms' | 'log' | 'now'>,
  { userId, textId }: z.infer<typeof smsOutcome.payload>,
): Promise<string> {
  const refusal = await deps.sms?.outcome(textId);
  if (!refusal) return 'not refused';
  const { notificationSettings, mobileCodes } = deps.stores;
  const { to, reason } = refusal;
  if (await notificationSettings.refuseSms(userId, to, reason, deps.now())) {
    deps.log.info('texts switched off', { userId, reason });
  }
  const code = await mobileCodes.find(userId);
  if (code?.mobile === to) await mobileCodes.refuse(userId, code.requestId, reason);
  return 'refused';
}

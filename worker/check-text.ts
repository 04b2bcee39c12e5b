import type { z } from 'zod';
import { describeError } from '#server/log.ts';
import { smsOutcome } from '#server/notifications/notification.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * Enqueues a later check of whether a text was delivered. Logs a failure to enqueue it: the text
 * itself was sent.
 */
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
 * Checks whether an accepted text was refused later. If it was refused for its number, turns texts
 * to it off, and records the refusal of a code that was never delivered.
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

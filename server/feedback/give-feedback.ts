import { newId } from '#core/id.ts';
import type { FeedbackInput } from '#core/schemas/feedback.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { feedbackMail } from './feedback.jobs.ts';

/**
 * Stores feedback and enqueues a mail to `ADMIN_EMAIL`, if set. Stores it even if mailing fails,
 * and does not wait for the mail server.
 */
export async function giveFeedback(deps: Deps, actor: Actor | null, input: FeedbackInput): Promise<void> {
  const feedbackId = newId();
  await deps.stores.feedback.insert({
    id: feedbackId,
    userId: actor?.userId ?? null,
    subject: input.subject,
    message: input.message,
    createdAt: deps.now(),
  });
  if (actor) await deps.stores.feedback.forgetOldest(actor.userId, limits.feedback);
  if (!deps.env.ADMIN_EMAIL) return;
  try {
    await enqueue(deps.queue, feedbackMail, { feedbackId });
  } catch (error) {
    deps.log.error('feedback mail not enqueued', { feedbackId, ...describeError(error) });
  }
}

import { newId } from '#core/id.ts';
import type { FeedbackInput } from '#core/schemas/feedback.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';

/**
 * Stores what a person says of the app and mails it to `ADMIN_EMAIL` when one is set. It is kept even if the mail fails.
 */
export async function giveFeedback(deps: Deps, actor: Actor | null, input: FeedbackInput): Promise<void> {
  await deps.stores.feedback.insert({
    id: newId(),
    userId: actor?.userId ?? null,
    subject: input.subject,
    message: input.message,
    createdAt: deps.now(),
  });
  const to = deps.env.ADMIN_EMAIL;
  if (!to) return;
  try {
    await deps.mailer.send({
      to,
      subject: `Feedback: ${input.subject}`,
      text: `From: ${actor ? actor.username : 'somebody not logged in'}\n\n${input.message}`,
    });
  } catch (error) {
    deps.log.error('feedback mail failed', describeError(error));
  }
}

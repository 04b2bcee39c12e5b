import type { z } from 'zod';
import type { feedbackMail } from '#server/feedback/feedback.jobs.ts';
import type { WorkerDeps } from './deps.ts';
import { sendMail } from './send-mail.ts';

/** Mails feedback to the operator, with its author's username and no other personal data. */
export async function mailFeedback(
  deps: Pick<WorkerDeps, 'stores' | 'mailer' | 'env'>,
  { feedbackId }: z.infer<typeof feedbackMail.payload>,
): Promise<string> {
  const { APP_URL, ADMIN_EMAIL } = deps.env;
  if (!ADMIN_EMAIL) return 'nobody to tell';
  const feedback = await deps.stores.feedback.find(feedbackId);
  if (!feedback) return 'gone';
  const author = feedback.userId && (await deps.stores.users.findById(feedback.userId));
  await sendMail(deps, {
    to: ADMIN_EMAIL,
    subject: `Feedback: ${feedback.subject}`,
    text: `From: ${author ? author.username : 'someone not logged in'}\n\n${feedback.message}`,
    messageId: `<feedback.${feedbackId}@${new URL(APP_URL).hostname}>`,
  });
  return 'mailed';
}

import type { z } from 'zod';
import type { feedbackMail } from '#server/feedback/feedback.jobs.ts';
import type { WorkerDeps } from './deps.ts';
import { sendMail } from './send-mail.ts';

/** Mails the operator what somebody has said, who it was, and nothing else of them. */
export async function mailFeedback(
  deps: Pick<WorkerDeps, 'stores' | 'mailer' | 'env'>,
  { feedbackId }: z.infer<typeof feedbackMail.payload>,
): Promise<string> {
  const { APP_URL, ADMIN_EMAIL } = deps.env;
  if (!ADMIN_EMAIL) return 'nobody to tell';
  const said = await deps.stores.feedback.find(feedbackId);
  if (!said) return 'gone';
  const author = said.userId && (await deps.stores.users.findById(said.userId));
  await sendMail(deps, {
    to: ADMIN_EMAIL,
    subject: `Feedback: ${said.subject}`,
    text: `From: ${author ? author.username : 'someone not logged in'}\n\n${said.message}`,
    messageId: `<feedback.${feedbackId}@${new URL(APP_URL).hostname}>`,
  });
  return 'mailed';
}

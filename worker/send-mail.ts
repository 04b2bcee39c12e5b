import { type Mail, type Mailer, MailRefused } from '#server/mail/mailer.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';

/**
 * Sends a job's mail.
 *
 * @throws {UnrecoverableError} when it was refused for good; the mailer's own error when trying
 *   again may help
 */
export async function sendMail({ mailer }: { mailer: Mailer }, mail: Mail): Promise<void> {
  try {
    await mailer.send(mail);
  } catch (error) {
    if (error instanceof MailRefused)
      throw Object.assign(new UnrecoverableError(error.message), { cause: error });
    throw error;
  }
}

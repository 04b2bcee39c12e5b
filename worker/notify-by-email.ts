import type { z } from 'zod';
import type { letterNotifyEmail } from '#server/letters/letter.jobs.ts';
import { letterArrived } from '#server/mail/templates/letter-arrived.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * Tells the receiver of a delivered letter by e-mail, at most once: the notice is claimed before the mail goes out, and
 * given back only when the mail certainly did not.
 */
export async function notifyByEmail(
  deps: Pick<WorkerDeps, 'stores' | 'mailer' | 'log' | 'now' | 'env'>,
  { letterId }: z.infer<typeof letterNotifyEmail.payload>,
): Promise<string> {
  const { letters, users } = deps.stores;
  const letter = await letters.findById(letterId);
  if (!letter || letter.status === 'failed') return 'gone';
  if (letter.status === 'queued') throw new Error('The letter is not delivered yet.');
  if (letter.status === 'read' || letter.emailNoticeAt) return 'known already';
  const [receiver, author] = await Promise.all([
    users.findById(letter.receiverId),
    users.findById(letter.authorId),
  ]);

  const at = deps.now();
  if (!(await letters.claimEmailNotice(letterId, at))) return 'told by another';
  if (!receiver?.emailVerifiedAt || !author) return 'no verified address';
  try {
    await deps.mailer.send(
      letterArrived({
        to: receiver.email,
        receiverName: receiver.username,
        authorName: author.username,
        letterId,
        appUrl: deps.env.APP_URL,
      }),
    );
  } catch (error) {
    // The claim stays: the address was refused, and asking again gets the same answer.
    if (error instanceof Error && error.name === 'MailRefused') throw new UnrecoverableError(error.message);
    await letters.releaseEmailNotice(letterId, at);
    throw error;
  }
  deps.log.info('letter notice sent', { letterId, channel: 'email' });
  return 'told';
}

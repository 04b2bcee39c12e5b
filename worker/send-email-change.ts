import type { z } from 'zod';
import { randomBytes, toBase64Url } from '#core/bytes.ts';
import { HOUR } from '#core/durations.ts';
import type { User } from '#server/accounts/user.store.ts';
import { changeLinkHash } from '#server/email-change/answer-email-change.ts';
import type { emailChangeMail } from '#server/email-change/email-change.jobs.ts';
import type { EmailChange, Side } from '#server/email-change/email-change.store.ts';
import { changeLifetime } from '#server/email-change/request-email-change.ts';
import type { Mail } from '#server/mail/mailer.ts';
import { agreeToNewEmail, confirmNewEmail, newEmailInUse } from '#server/mail/templates/change-email.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { sendMail } from './send-mail.ts';

type MailDeps = Pick<WorkerDeps, 'stores' | 'mailer' | 'serverKeys' | 'log' | 'now' | 'env'>;

/**
 * Mails one side of an email change its link. Makes the link here, so that it is in no queue. The
 * link of a failed attempt was never seen, and the next one replaces it.
 */
export async function sendEmailChange(
  deps: MailDeps,
  { userId, requestId, side }: z.infer<typeof emailChangeMail.payload>,
): Promise<string> {
  const change = await deps.stores.emailChanges.find(userId);
  if (change?.requestId !== requestId) return 'replaced';
  if (change.expiresAt <= deps.now()) return 'too late';
  const user = await deps.stores.users.findById(userId);
  const mail = user && (await compose(deps, user, change, side));
  if (!mail) return 'nothing to say';
  try {
    await sendMail(deps, mail);
  } catch (error) {
    if (error instanceof UnrecoverableError && side === 'new')
      await deps.stores.emailChanges.markBounced(userId, requestId, deps.now());
    throw error;
  }
  deps.log.info('e-mail change mail sent', { userId, side });
  return 'sent';
}

async function compose(deps: MailDeps, user: User, change: EmailChange, side: Side): Promise<Mail | null> {
  const appUrl = deps.env.APP_URL;
  if (side === 'new') {
    const owner = await deps.stores.users.findByEmail(change.email);
    if (owner?.emailVerifiedAt) return newEmailInUse({ to: change.email, ownerName: owner.username, appUrl });
  }
  const token = toBase64Url(randomBytes(32));
  const hash = await changeLinkHash(deps, token);
  if (!(await deps.stores.emailChanges.setLink(user.id, change.requestId, side, hash))) return null;
  const { username } = user;
  const words = { username, newEmail: change.email, token, validHours: changeLifetime / HOUR, appUrl };
  return side === 'new'
    ? confirmNewEmail({ to: change.email, ...words })
    : agreeToNewEmail({ to: user.email, ...words });
}

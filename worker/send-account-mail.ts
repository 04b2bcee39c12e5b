import type { z } from 'zod';
import { randomBytes, toBase64Url } from '#core/bytes.ts';
import { newId } from '#core/id.ts';
import type { accountMail } from '#server/accounts/account.jobs.ts';
import { addressInUse } from '#server/mail/templates/address-in-use.ts';
import { verifyEmailMail } from '#server/mail/templates/verify-email.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';

const VALID_HOURS = 24;

/**
 * Mails a person about their account. The single-use token is made here, so that it is in no queue; an attempt that
 * fails leaves a token nobody knows, which expires.
 */
export async function sendAccountMail(
  deps: Pick<WorkerDeps, 'stores' | 'mailer' | 'serverKeys' | 'log' | 'now' | 'env'>,
  { userId, kind }: z.infer<typeof accountMail.payload>,
): Promise<string> {
  const user = await deps.stores.users.findById(userId);
  if (!user) return 'gone';
  if (user.emailVerifiedAt) return 'verified already';
  const appUrl = deps.env.APP_URL;
  const owner = await deps.stores.users.findByEmail(user.email);
  const mail =
    owner?.emailVerifiedAt && owner.id !== userId
      ? addressInUse({ to: user.email, ownerName: owner.username, appUrl })
      : verifyEmailMail({
          to: user.email,
          username: user.username,
          token: await newVerificationToken(deps, userId),
          validHours: VALID_HOURS,
          appUrl,
        });
  try {
    await deps.mailer.send(mail);
  } catch (error) {
    if (error instanceof Error && error.name === 'MailRefused') throw new UnrecoverableError(error.message);
    throw error;
  }
  deps.log.info('account mail sent', { userId, kind });
  return 'sent';
}

async function newVerificationToken(
  deps: Pick<WorkerDeps, 'stores' | 'serverKeys' | 'now'>,
  userId: string,
): Promise<string> {
  const token = toBase64Url(randomBytes(32));
  const createdAt = deps.now();
  await deps.stores.tokens.insert({
    id: newId(),
    hash: await deps.serverKeys.hashToken(`verify-email:${token}`),
    purpose: 'verify-email',
    userId,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + VALID_HOURS * 3_600_000),
  });
  return token;
}

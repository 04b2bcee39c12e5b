import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

type LimitDeps = Pick<Deps, 'limits' | 'serverKeys'>;
const rule = 'mail by unconfirmed mailbox';

/**
 * Counts a mail to an address whose owner has not confirmed asking for it.
 *
 * @throws {AppError} `too-many-requests` on `email` when that mailbox has received enough mails
 *   today.
 */
export async function countUnconfirmedMail(deps: LimitDeps, email: string): Promise<void> {
  try {
    await deps.limits.count(rule, await mailboxHash(deps, email));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'too-many-requests') throw error;
    const { retryAfterS } = error;
    const message =
      'We’ve sent this address five emails in the last day, which is the most we send. Use the link in the newest one; it may be in your spam folder.';
    throw new AppError('too-many-requests', message, { fields: { email: message }, retryAfterS });
  }
}

/** Resets the count once the mailbox owner has answered, so strangers cannot use it up. */
export async function forgetUnconfirmedMail(deps: LimitDeps, email: string): Promise<void> {
  await deps.limits.forget(rule, await mailboxHash(deps, email));
}

/**
 * Hashes the mailbox, not the address: `alpha+1@` and `alpha+2@` reach the same user (RFC 5233,
 * subaddressing).
 */
function mailboxHash({ serverKeys }: LimitDeps, email: string): Promise<string> {
  return serverKeys.hashAddress(email.replace(/\+[^@]*(?=@)/, ''));
}

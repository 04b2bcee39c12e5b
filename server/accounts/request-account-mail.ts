import type { Deps } from '../deps.ts';
import type { RateRule } from '../limits/rules.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { type AccountMailKind, accountMail } from './account.jobs.ts';
import { countUnconfirmedMail } from './count-unconfirmed-mail.ts';
import type { User } from './user.store.ts';

/**
 * Rate limits of mails that a stranger can trigger. Mails about changes have none: an attacker
 * could exhaust it first.
 */
const limitOf: Partial<Record<AccountMailKind, RateRule>> = {
  'reset-password': 'reset mail by account',
  // An attacker with the password could flood the mailbox; the activity list has every login.
  'new-device': 'new device mail by account',
};

/**
 * Enqueues a mail to a user's address. Never fails for the user, even over the limit or without the
 * queue: logging in sends the mail again.
 */
export async function requestAccountMail(deps: Deps, userId: string, kind: AccountMailKind): Promise<void> {
  try {
    if (kind === 'verify-email') {
      const user = await deps.stores.users.findById(userId);
      // The mailbox owner asked for no more of these.
      if (!user || user.addressTrouble === 'not-mine') return;
      await countVerificationMail(deps, user);
    } else {
      const rule = limitOf[kind];
      if (rule) await deps.limits.count(rule, userId);
    }
    await enqueue(deps.queue, accountMail, { userId, kind });
  } catch (error) {
    deps.log.error('account mail not enqueued', { kind, ...describeError(error) });
  }
}

/**
 * @throws {AppError} `too-many-requests` when the account or the mailbox has received enough of
 *   them.
 */
export async function countVerificationMail(deps: Deps, user: Pick<User, 'id' | 'email'>): Promise<void> {
  await deps.limits.count('verification mail by account', user.id);
  await countUnconfirmedMail(deps, user.email);
}

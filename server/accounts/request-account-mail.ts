import type { Deps } from '../deps.ts';
import type { RateRule } from '../limits/rules.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { type AccountMailKind, accountMail } from './account.jobs.ts';
import { countUnconfirmedMail } from './count-unconfirmed-mail.ts';
import type { User } from './user.store.ts';

/** Mails that somebody else can ask for. What tells of a change is never left out: they could be used up before it. */
const limitOf: Partial<Record<AccountMailKind, RateRule>> = {
  'reset-password': 'reset mail by account',
  // Whoever knows the password could fill the mailbox with these; the activity has them all.
  'new-device': 'new device mail by account',
};

/**
 * Has a mail sent to a person's address in the background. Asking too often, or while the queue is away, changes
 * nothing for the person: the mail can be asked for again by logging in.
 */
export async function requestAccountMail(deps: Deps, userId: string, kind: AccountMailKind): Promise<void> {
  try {
    if (kind === 'verify-email') {
      const user = await deps.stores.users.findById(userId);
      // The owner of the mailbox wants no more of these.
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

/** @throws {AppError} `too-many-requests` when the account, or the mailbox, has had enough of them. */
export async function countVerificationMail(deps: Deps, user: Pick<User, 'id' | 'email'>): Promise<void> {
  await deps.limits.count('verification mail by account', user.id);
  await countUnconfirmedMail(deps, user.email);
}

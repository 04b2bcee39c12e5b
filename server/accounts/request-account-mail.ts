import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { type AccountMailKind, accountMail } from './account.jobs.ts';

/**
 * Has a mail sent to a person's address in the background. Asking too often, or while the queue is away, changes
 * nothing for the person: the mail can be asked for again by logging in.
 */
export async function requestAccountMail(deps: Deps, userId: string, kind: AccountMailKind): Promise<void> {
  try {
    await deps.limits.count('verification mail by account', userId);
    await enqueue(deps.queue, accountMail, { userId, kind });
  } catch (error) {
    deps.log.error('account mail not enqueued', { kind, ...describeError(error) });
  }
}

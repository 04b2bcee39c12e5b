import { DAY } from '#core/durations.ts';
import { accountDelete } from '#server/deletion/deletion.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { clockGrace } from './delete-account.ts';
import type { WorkerDeps } from './deps.ts';

const BATCH = 200;
const UNCONFIRMED_MS = 7 * DAY;

/**
 * Enqueues the deletion of accounts that are due, were not confirmed in a week, or were not deleted
 * completely.
 */
export async function sweepAccounts(
  deps: Pick<WorkerDeps, 'stores' | 'queue' | 'log' | 'now'>,
): Promise<string> {
  const { users, deletions } = deps.stores;
  const now = deps.now();
  await users.expireUnconfirmed(new Date(now.getTime() - UNCONFIRMED_MS), BATCH);
  const leaving = await users.listLeaving(new Date(now.getTime() - clockGrace), BATCH);
  const open = await deletions.listOpen(now, BATCH);
  for (const userId of new Set([...leaving, ...open])) await enqueue(deps.queue, accountDelete, { userId });
  if (leaving.length + open.length > 0) {
    deps.log.info('accounts swept', { leaving: leaving.length, open: open.length });
  }
  return `${leaving.length} leaving, ${open.length} open`;
}

import type { z } from 'zod';
import { MINUTE } from '#core/durations.ts';
import { nameHash } from '#server/accounts/name-hash.ts';
import type { accountDelete } from '#server/deletion/deletion.jobs.ts';
import type { Deletion } from '#server/deletion/deletion.store.ts';
import { MailRefused } from '#server/mail/mailer.ts';
import { accountDeleted } from '#server/mail/templates/account-deleted.ts';
import { deleteLetters } from './delete-letters.ts';
import { deleteOwnData } from './delete-own-data.ts';
import type { WorkerDeps } from './deps.ts';

type DeletionDeps = Pick<WorkerDeps, 'stores' | 'queue' | 'mailer' | 'serverKeys' | 'log' | 'now' | 'env'>;
/**
 * Waits longer than the deadline, because the web server's clock, by which the owner can still
 * cancel, may be behind.
 */
export const clockGrace = MINUTE;
const AGAIN_MS = 30 * MINUTE;

/**
 * Deletes an account whose time has come: first all its keys, in one write, then its documents, and
 * finally mails a receipt. Idempotent, so it can be interrupted anywhere, or run twice at once.
 */
export async function deleteAccount(
  deps: DeletionDeps,
  { userId }: z.infer<typeof accountDelete.payload>,
): Promise<string> {
  await destroyKeys(deps, userId);
  const { deletions } = deps.stores;
  const deletion = await deletions.find(userId);
  if (!deletion) return 'nothing to delete';
  await deletions.putOff(userId, new Date(deps.now().getTime() + AGAIN_MS));
  // Delivering a queued letter checks for a block, so friendships are deleted after letters.
  await deleteLetters(deps, userId);
  await deleteOwnData(deps, userId);
  await sendReceipt(deps, deletion);
  await deletions.delete(userId);
  deps.log.info('account deleted', { userId });
  return 'deleted';
}

/**
 * Deletes the account's own document, which has all its keys. First stores the data needed
 * afterwards: the public key, with which friends verify the letters they keep; the retired
 * username; and the receipt's address.
 */
async function destroyKeys(deps: DeletionDeps, userId: string): Promise<void> {
  const { users, deletions, retiredKeys, formerNames } = deps.stores;
  const now = deps.now();
  const before = new Date(now.getTime() - clockGrace);
  const user = await users.findById(userId);
  if (!user?.deleteAt || user.deleteAt >= before) return;
  const { username, keyEpoch, identityPublicKey } = user;
  const email = user.emailVerifiedAt && user.email;
  await deletions.insert({ id: userId, username, email, createdAt: now, tryAt: now });
  await retiredKeys.insert({ userId, epoch: keyEpoch, publicKey: identityPublicKey, retiredAt: now });
  // An unconfirmed name was never visible to friends, so it need not be retired.
  if (user.emailVerifiedAt) await formerNames.insert(await nameHash(deps, username), now);
  await users.deleteLeaving(userId, before);
}

/** Mails the receipt. A retry sends it again with the same id, so mail programs show it once. */
async function sendReceipt(deps: DeletionDeps, { id, username, email }: Deletion): Promise<void> {
  if (!email) return;
  const messageId = `<account-deleted.${id}@${new URL(deps.env.APP_URL).hostname}>`;
  try {
    await deps.mailer.send(accountDeleted({ to: email, username, messageId }));
  } catch (error) {
    // An address that is refused for good must not keep the deletion open.
    if (!(error instanceof MailRefused)) throw error;
    deps.log.error('receipt refused', { userId: id });
  }
}

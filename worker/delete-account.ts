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
/** The owner can call it off until its time by the clock of the web server, which may be a little behind. */
export const clockGrace = MINUTE;
/** When a deletion that is not finished is taken up again. */
const AGAIN_MS = 30 * MINUTE;

/**
 * Deletes an account whose time has come: first every key of it, in one write, then the documents, at last a receipt is
 * mailed. Stopped anywhere, by whatever, it is taken up again and ends the same; so it does when it runs twice at once.
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
  // A letter on its way still asks whether its receiver has blocked this person, so friendships go after letters.
  await deleteLetters(deps, userId);
  await deleteOwnData(deps, userId);
  await sendReceipt(deps, deletion);
  await deletions.delete(userId);
  deps.log.info('account deleted', { userId });
  return 'deleted';
}

/**
 * Deletes the account's own document, which holds all there is of its keys. What is needed afterwards is put down before:
 * the public key, by which friends check the letters they keep; the name, so that nobody else gets it; and where the
 * receipt goes.
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
  // Under a name that was never confirmed nobody knows anybody.
  if (user.emailVerifiedAt) await formerNames.insert(await nameHash(deps, username), now);
  await users.deleteLeaving(userId, before);
}

/** Sent again when the attempt died before it was noted; mail programs show it once by its id. */
async function sendReceipt(deps: DeletionDeps, { id, username, email }: Deletion): Promise<void> {
  if (!email) return;
  const messageId = `<account-deleted.${id}@${new URL(deps.env.APP_URL).hostname}>`;
  try {
    await deps.mailer.send(accountDeleted({ to: email, username, messageId }));
  } catch (error) {
    // An address that is refused for good keeps nobody's data here.
    if (!(error instanceof MailRefused)) throw error;
    deps.log.error('receipt refused', { userId: id });
  }
}

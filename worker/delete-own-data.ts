import type { Stores } from '#server/deps.ts';
import type { WorkerDeps } from './deps.ts';

type Step = (stores: Stores, userId: string) => Promise<unknown>;

/** Deletes a user's own data, one collection per step. Each step is idempotent. */
const steps: Step[] = [
  ({ sessions }, userId) => sessions.deleteByUser(userId),
  ({ tokens }, userId) => tokens.deleteByUser(userId),
  ({ emailChanges }, userId) => emailChanges.delete(userId),
  ({ pendingLogIns }, userId) => pendingLogIns.deleteByUser(userId),
  ({ secondFactors }, userId) => secondFactors.delete(userId),
  ({ passkeys }, userId) => passkeys.deleteByUser(userId),
  ({ mobileCodes }, userId) => mobileCodes.delete(userId),
  ({ notificationSettings }, userId) => notificationSettings.delete(userId),
  ({ readings }, userId) => readings.deleteByReader(userId),
  ({ invitations }, userId) => invitations.deleteByInviter(userId),
  ({ friendships }, userId) => friendships.deleteByMember(userId),
  ({ audit }, userId) => audit.deleteByUser(userId),
  ({ feedback }, userId) => feedback.forgetUser(userId),
  deleteDrafts,
  ({ storages }, userId) => storages.delete(userId),
  deleteUnneededKeys,
];

export async function deleteOwnData({ stores }: Pick<WorkerDeps, 'stores'>, userId: string): Promise<void> {
  for (const step of steps) await step(stores, userId);
}

async function deleteDrafts({ drafts, photos }: Stores, userId: string): Promise<void> {
  for (const inTrash of [false, true]) {
    for (;;) {
      const { items } = await drafts.list(userId, { limit: 20 }, inTrash);
      if (items.length === 0) break;
      for (const { id } of items) {
        await photos.deleteByLetter(id);
        await drafts.delete(id, userId);
      }
    }
  }
}

/**
 * Deletes public keys that are no longer needed, because none of the user's letters is left to
 * verify.
 */
async function deleteUnneededKeys({ letters, retiredKeys }: Stores, userId: string): Promise<void> {
  const { items } = await letters.listSent(userId, { limit: 1 });
  if (items.length === 0) await retiredKeys.deleteByUser(userId);
}

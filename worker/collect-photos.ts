import { DAY } from '#core/durations.ts';
import type { OrphanPhoto } from '#server/photos/photo.store.ts';
import type { WorkerDeps } from './deps.ts';

type CollectDeps = Pick<WorkerDeps, 'stores' | 'log' | 'now'>;
const BATCH = 500;

/**
 * Deletes photos older than a day that belong to no letter and no draft: uploads to discarded
 * drafts.
 */
export async function collectPhotos(deps: CollectDeps): Promise<string> {
  const before = new Date(deps.now().getTime() - DAY);
  let collected = 0;
  for (;;) {
    const orphans = await deps.stores.photos.listOrphans(before, BATCH);
    if (orphans.length === 0) break;
    collected += await collect(deps, orphans);
    if (orphans.length < BATCH) break;
  }
  if (collected > 0) deps.log.info('photos collected', { count: collected });
  return `${collected} collected`;
}

/** Deletes the photos of a discarded draft, unless it was sent as a letter. */
export async function collectDraft(deps: CollectDeps, { draftId }: { draftId: string }): Promise<string> {
  return `${await collect(deps, await deps.stores.photos.listOrphansOf(draftId))} collected`;
}

/**
 * Deletes photos and frees their authors' storage.
 *
 * @returns how many
 */
async function collect({ stores }: CollectDeps, orphans: OrphanPhoto[]): Promise<number> {
  const gone = await stores.photos.deleteOrphans(orphans);
  for (const { authorId, kilobytes } of gone) await stores.storages.subtract(authorId, kilobytes);
  return gone.length;
}

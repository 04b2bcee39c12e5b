import type { WorkerDeps } from './deps.ts';

const DAY_MS = 24 * 3_600_000;
const BATCH = 500;

/** Deletes photos older than a day that belong to no letter and no draft: uploads of a sheet that was thrown away. */
export async function collectPhotos(deps: Pick<WorkerDeps, 'stores' | 'log' | 'now'>): Promise<string> {
  const before = new Date(deps.now().getTime() - DAY_MS);
  let collected = 0;
  for (;;) {
    const orphans = await deps.stores.photos.listOrphans(before, BATCH);
    if (orphans.length === 0) break;
    collected += await deps.stores.photos.deleteOrphans(orphans);
    if (orphans.length < BATCH) break;
  }
  if (collected > 0) deps.log.info('photos collected', { count: collected });
  return `${collected} collected`;
}

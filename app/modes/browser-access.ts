import { loadKeys } from './load-keys.ts';
import type { PageAccess } from './page-access.ts';

/** Opens pages in the browser; null when it does not hold the keys of this user. */
export async function browserAccess(username: string): Promise<PageAccess | null> {
  const keys = await loadKeys(username);
  if (!keys) return null;
  const [{ browserApi }, { pinMemory }] = await Promise.all([
    import('../browser/browser-api.ts'),
    import('../browser/keys/pin-memory.ts'),
  ]);
  return {
    keys,
    api: browserApi,
    memory: pinMemory(keys.userId),
    now: () => Date.now(),
    recordsInBackground: true,
    photo: (photo) => photo,
    keep: async (_, value) => value,
    reportDamaged: () => undefined,
  };
}

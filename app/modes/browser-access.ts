import type { HeldKeys } from '../browser/keys/held-keys.ts';
import { heldKeys } from '../browser/keys/keyring.ts';
import type { PageAccess } from './page-access.ts';

export async function loadKeys(username: string): Promise<HeldKeys | null> {
  const keys = await heldKeys();
  return keys?.username === username ? keys : null;
}

/** Returns what opens pages in the browser; null without this user's keys. */
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

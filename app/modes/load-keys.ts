import type { HeldKeys } from '../browser/keys/held-keys.ts';
import { heldKeys } from '../browser/keys/keyring.ts';

/** The keys of this user, if they are the ones this browser holds. */
export async function loadKeys(username: string): Promise<HeldKeys | null> {
  const keys = await heldKeys();
  return keys?.username === username ? keys : null;
}

import type { HeldKeys } from './held-keys.ts';
import { inKeyStore, PENDING_WORDS } from './key-store.ts';
import { upgradeHeld } from './upgrade-held.ts';

/** The key of the only entry: another login replaces it. */
const PLACE = 'held';

/**
 * Returns the stored keys; null if there are none, if the browser stores nothing, or if only the
 * password can unlock them.
 */
export async function heldKeys(): Promise<HeldKeys | null> {
  try {
    const held = await inKeyStore('readonly', (store) => store.get(PLACE));
    if (!held) return null;
    const keys = await upgradeHeld(held);
    if (keys && keys !== held) await inKeyStore('readwrite', (store) => replaceHeld(store, keys));
    return keys;
  } catch {
    return null;
  }
}

/** Replaces the stored keys, unless they were wiped meanwhile. */
function replaceHeld(store: IDBObjectStore, keys: HeldKeys): IDBRequest {
  const held: IDBRequest<HeldKeys | undefined> = store.get(PLACE);
  held.onsuccess = () => {
    if (held.result?.userId === keys.userId) store.put(keys, PLACE);
  };
  return held;
}

/** This browser stores nothing: it's a private window, or storage is disabled or full. */
export class KeysNotKept extends Error {
  override readonly name = 'KeysNotKept';
}

/**
 * Stores the keys of the user who just logged in, replacing any others.
 *
 * @param words recovery words just created here; stored sealed beside the keys until confirmed
 * @throws KeysNotKept
 */
export async function holdKeys(keys: HeldKeys, words?: readonly string[]): Promise<void> {
  // Only somebody who has just joined or has new words needs it.
  const sealing = words && (await import('./pending-phrase.ts'));
  const sealedWords = sealing && (await sealing.sealPendingPhrase(keys, words));
  await keeping((store) => {
    store.delete(PENDING_WORDS);
    if (sealedWords) store.put(sealedWords, PENDING_WORDS);
    return store.put(keys, PLACE);
  });
}

/**
 * Stores the keys if the browser can. For when something else matters more, such as words that are
 * shown once. A browser that stores nothing asks for the password later.
 */
export async function holdIfKept(keys: HeldKeys, words: readonly string[]): Promise<void> {
  try {
    await holdKeys(keys, words);
  } catch (error) {
    if (!(error instanceof KeysNotKept)) throw error;
  }
}

/** Tests whether this browser can store keys, without touching those it has. @throws KeysNotKept */
export async function requireKeeping(): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  await keeping((store) => {
    store.put(key, 'trial');
    return store.delete('trial');
  });
}

/**
 * Deletes the keys and the recovery words stored with them. Idempotent. Sealed pins stay: a server
 * that ends the session must not make this browser forget its friends' keys.
 */
export async function wipeKeys(): Promise<void> {
  await inKeyStore('readwrite', (store) => {
    store.delete(PENDING_WORDS);
    return store.delete(PLACE);
  });
}

/** @throws KeysNotKept */
export async function keeping(work: (store: IDBObjectStore) => IDBRequest): Promise<void> {
  try {
    await inKeyStore('readwrite', work);
  } catch (cause) {
    const message =
      'This browser won’t let us store your keys. Try a window that isn’t private, or turn JavaScript off for this site.';
    throw new KeysNotKept(message, { cause });
  }
}

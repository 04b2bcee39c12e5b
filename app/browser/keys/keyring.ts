import type { HeldKeys } from './held-keys.ts';
import { inKeyStore } from './key-store.ts';
import { PENDING_WORDS, sealPendingPhrase } from './pending-phrase.ts';
import { upgradeHeld } from './upgrade-held.ts';

/** One person at a time: another log-in replaces the keys. */
const PLACE = 'held';

/** The keys held here; null if there are none, if the browser stores nothing, or if they are to be had by the password only. */
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

/** In the place of those that are there; keys that were wiped meanwhile stay away. */
function replaceHeld(store: IDBObjectStore, keys: HeldKeys): IDBRequest {
  const held: IDBRequest<HeldKeys | undefined> = store.get(PLACE);
  held.onsuccess = () => {
    if (held.result?.userId === keys.userId) store.put(keys, PLACE);
  };
  return held;
}

/** This browser stores nothing: a private window in some browsers, or storage that is switched off or full. */
export class KeysNotKept extends Error {
  override readonly name = 'KeysNotKept';
}

/**
 * Holds the keys of whoever has just logged in, in the place of all others.
 *
 * @param words recovery words that were just made here: kept sealed beside the keys until they are confirmed
 * @throws KeysNotKept
 */
export async function holdKeys(keys: HeldKeys, words?: readonly string[]): Promise<void> {
  const sealedWords = words && (await sealPendingPhrase(keys, words));
  await keeping((store) => {
    store.delete(PENDING_WORDS);
    if (sealedWords) store.put(sealedWords, PENDING_WORDS);
    return store.put(keys, PLACE);
  });
}

/**
 * The same where something else matters more than the keys, such as words that are shown once: a browser that keeps none
 * asks for the password later.
 */
export async function holdIfKept(keys: HeldKeys, words: readonly string[]): Promise<void> {
  try {
    await holdKeys(keys, words);
  } catch (error) {
    if (!(error instanceof KeysNotKept)) throw error;
  }
}

/** Tries whether this browser keeps keys, before somebody depends on it; those it holds stay. @throws KeysNotKept */
export async function requireKeeping(): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  await keeping((store) => {
    store.put(key, 'trial');
    return store.delete('trial');
  });
}

/**
 * Forgets the keys, and the words that are kept with them. A second time changes nothing. Pins stay, sealed: a server that ends the
 * session is not to make this browser forget what it knows of friends' keys.
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

import type { Identity, MasterKey } from '#core/crypto/index.ts';

/** The keys of whoever is logged in, as this browser holds them: usable here, and not to be taken out. */
export interface HeldKeys {
  userId: string;
  username: string;
  epoch: number;
  masterKey: MasterKey;
  identity: Identity;
}

const DATABASE = 'bff-keys';
const STORE = 'keys';
/** One person at a time: another log-in takes the place. */
const PLACE = 'held';

/** The keys that are held here; null when there are none, or the browser keeps nothing. */
export async function heldKeys(): Promise<HeldKeys | null> {
  try {
    return (await inStore('readonly', (store) => store.get(PLACE))) ?? null;
  } catch {
    return null;
  }
}

/** This browser keeps nothing: a private window of some browsers, or storage that is switched off or full. */
export class KeysNotKept extends Error {
  override readonly name = 'KeysNotKept';
}

/** Holds the keys of whoever has just logged in, in the place of all others. @throws KeysNotKept */
export async function holdKeys(keys: HeldKeys): Promise<void> {
  try {
    await inStore('readwrite', (store) => store.put(keys, PLACE));
  } catch (cause) {
    const message =
      'This browser does not let us keep your keys. Try a window that is not private, or switch JavaScript off for this site.';
    throw new KeysNotKept(message, { cause });
  }
}

/**
 * The same where something else matters more than the keys, such as words that are shown once: a browser that keeps none
 * asks for the password later.
 */
export async function holdIfKept(keys: HeldKeys): Promise<void> {
  try {
    await holdKeys(keys);
  } catch (error) {
    if (!(error instanceof KeysNotKept)) throw error;
  }
}

/** Forgets the keys. A second time changes nothing. */
export async function wipeKeys(): Promise<void> {
  await inStore('readwrite', (store) => store.clear());
}

async function inStore<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('The keys are in use by another version of this page.'));
  });
}

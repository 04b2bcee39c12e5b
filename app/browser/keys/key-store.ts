import { SECOND } from '#core/durations.ts';

const DATABASE = 'bff-keys';
const STORE = 'keys';
/** The entry of unconfirmed recovery words. Logging in or out deletes it. */
export const PENDING_WORDS = 'words';
/** Timeout in milliseconds. In some browsers a store sometimes never opens. */
const TIMEOUT = 10 * SECOND;

/**
 * Runs one transaction in the browser's key store, and resolves once its writes are durable. Only
 * this folder opens the store. Reading fails where no store exists instead of creating one, so a
 * browser in which no user has logged in is left untouched.
 */
export async function inKeyStore<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open(mode);
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

function open(mode: IDBTransactionMode): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    setTimeout(() => reject(new Error('The keys cannot be reached.')), TIMEOUT);
    request.onupgradeneeded = () =>
      mode === 'readonly' ? request.transaction?.abort() : request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('The keys are in use by another version of this page.'));
  });
}

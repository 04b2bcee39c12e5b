import { SECOND } from '#core/durations.ts';

const DATABASE = 'bff-keys';
const STORE = 'keys';
/** Milliseconds after which a store that has not opened never will: that happens in some browsers. */
const PATIENCE = 10 * SECOND;

/**
 * One transaction in the browser's key store; once it resolves, what it wrote is stored. Only this folder opens it.
 * Reading where there is no store is an error and does not create one: a browser in which nobody has logged in is
 * left as it is.
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
    setTimeout(() => reject(new Error('The keys cannot be reached.')), PATIENCE);
    request.onupgradeneeded = () =>
      mode === 'readonly' ? request.transaction?.abort() : request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('The keys are in use by another version of this page.'));
  });
}

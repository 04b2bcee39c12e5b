import { vi } from 'vitest';

/**
 * Stands in for the one object store of a browser that holds keys; what is in it. `vi.unstubAllGlobals` ends it. A request is
 * answered, and the transaction complete, a turn later, as in a browser.
 */
export function stubKeyStore(): Map<string, unknown> {
  const records = new Map<string, unknown>();
  let created = false;

  function request<Result>(work: () => Result) {
    const made: { result?: Result; onsuccess?: () => void } = {};
    queueMicrotask(() => {
      made.result = work();
      made.onsuccess?.();
    });
    return made;
  }
  const store = {
    get: (place: string) => request(() => records.get(place)),
    put: (value: unknown, place: string) => request(() => void records.set(place, value)),
    delete: (place: string) => request(() => void records.delete(place)),
  };
  const database = {
    createObjectStore: () => {
      created = true;
    },
    transaction() {
      const transaction: { oncomplete?: () => void; objectStore(): typeof store } = {
        objectStore: () => store,
      };
      setTimeout(() => transaction.oncomplete?.());
      return transaction;
    },
    close() {},
  };
  vi.stubGlobal('indexedDB', {
    open() {
      const opening: Record<string, unknown> & {
        onsuccess?(): void;
        onupgradeneeded?(): void;
        onerror?(): void;
      } = {
        result: database,
      };
      queueMicrotask(() => {
        let aborted = false;
        opening.transaction = {
          abort: () => {
            aborted = true;
          },
        };
        if (!created) opening.onupgradeneeded?.();
        if (aborted) opening.onerror?.();
        else opening.onsuccess?.();
      });
      return opening;
    },
  });
  return records;
}

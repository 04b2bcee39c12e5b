import type { Page } from 'playwright-core';

/** What this browser holds of somebody's keys, told without the keys. */
export interface KeptKeys {
  username: string;
  epoch: number;
  /** Of every secret or private CryptoKey in it: whether a script could take it out. */
  extractable: boolean[];
  /** Fields whose bytes stand there openly; public keys are meant to. */
  openBytes: string[];
}

/** Looks into the browser's own store of keys; makes no store where there is none. */
export function keptKeys(page: Page): Promise<KeptKeys[]> {
  return page.evaluate(async () => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'bff-keys')) return [];
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await answerOf(indexedDB.open('bff-keys'));
    const records = await answerOf(database.transaction('keys').objectStore('keys').getAll());
    database.close();
    return records.map((record) => {
      const extractable: boolean[] = [];
      const openBytes: string[] = [];
      const look = (value: unknown, path: string): void => {
        if (value instanceof CryptoKey) {
          if (value.type !== 'public') extractable.push(value.extractable);
        } else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) openBytes.push(path);
        else if (typeof value === 'object' && value !== null)
          for (const [name, inner] of Object.entries(value)) look(inner, path ? `${path}.${name}` : name);
      };
      look(record, '');
      return { username: record.username, epoch: record.epoch, extractable, openBytes };
    });
  });
}

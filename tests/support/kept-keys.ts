import type { Page } from 'playwright-core';

/** What this browser holds of somebody's keys, told without the keys. */
export interface KeptKeys {
  username: string;
  epoch: number;
  /** Of every secret or private CryptoKey in it: whether a script could take it out. */
  extractable: boolean[];
  /** Fields whose bytes stand there openly; public keys are meant to. */
  openBytes: string[];
  /** Recovery words that wait to be confirmed: their bytes as they are kept, each as a character. */
  sealedWords?: string;
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
    const store = database.transaction('keys').objectStore('keys');
    const [places, records] = [await answerOf(store.getAllKeys()), await answerOf(store.getAll())];
    database.close();
    const words = records[places.indexOf('words')];
    const unknown = places.filter((place) => place !== 'held' && place !== 'words');
    if (unknown.length > 0) throw new Error(`unknown among the keys: ${unknown}`);
    return records
      .filter((record) => record !== words)
      .map((record) => {
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
        const { username, epoch } = record;
        const kept = { username, epoch, extractable, openBytes };
        return words ? { ...kept, sealedWords: String.fromCharCode(...words) } : kept;
      });
  });
}

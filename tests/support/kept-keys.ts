import type { Page } from 'playwright-core';

/** What this browser holds of somebody's keys, told without the keys. */
export interface KeptKeys {
  username: string;
  epoch: number;
  /** Of every secret or private CryptoKey in it: whether a script could take it out. */
  extractable: boolean[];
  /** What those keys are for, such as `AES-GCM`. */
  algorithms: string[];
  /** Fields whose bytes stand there openly; public keys are meant to. */
  openBytes: string[];
  /** Recovery words that wait to be confirmed: their bytes as they are kept, each as a character. */
  sealedWords?: string;
}

const subkeys = Array<string>(5).fill('AES-GCM');

/** What of a master key and an identity a browser keeps: nothing that a script can take out. */
export const usableOnly = {
  extractable: Array<boolean>(subkeys.length + 1).fill(false),
  algorithms: [...subkeys, 'X25519'],
};

/** The same in a browser without X25519, whose private key lies locked under a key of the device. */
export const usableOnlyWithoutX25519 = { ...usableOnly, algorithms: [...subkeys, 'AES-GCM'] };

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
    // Pins are no keys, are sealed, and stay when the keys are wiped.
    const unknown = places.filter((place) => !/^(held|words|pins:[0-9a-f]{24})$/.test(String(place)));
    if (unknown.length > 0) throw new Error(`unknown among the keys: ${unknown}`);
    return records
      .filter((_, index) => places[index] === 'held')
      .map((record) => {
        const extractable: boolean[] = [];
        const algorithms: string[] = [];
        const openBytes: string[] = [];
        const look = (value: unknown, path: string): void => {
          if (value instanceof CryptoKey) {
            if (value.type === 'public') return;
            extractable.push(value.extractable);
            algorithms.push(value.algorithm.name);
          } else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) openBytes.push(path);
          else if (typeof value === 'object' && value !== null)
            for (const [name, inner] of Object.entries(value)) look(inner, path ? `${path}.${name}` : name);
        };
        look(record, '');
        const { username, epoch } = record;
        const kept = { username, epoch, extractable, algorithms, openBytes };
        return words ? { ...kept, sealedWords: String.fromCharCode(...words) } : kept;
      });
  });
}

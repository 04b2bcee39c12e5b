import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Paths of the static files every visitor keeps. */
const shellNames = ['offline.html', 'offline.css', 'offline.svg', 'favicon.svg', 'manifest.webmanifest'];
const iconNames = readdirSync('public/icons');
export const shellPaths = [...shellNames, ...iconNames.map((name) => `icons/${name}`)]
  .map((name) => `/${name}`)
  .sort();

/** One answer in the Cache Storage. */
export interface Kept {
  cache: string;
  path: string;
  method: string;
  hash: string;
}

/** Everything a page of this origin can leave in the browser beside cookies. */
export async function dumpStorage(page: Page) {
  return page.evaluate(async () => {
    const hex = (bytes: ArrayBuffer) =>
      [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const kept: Kept[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        const body = (await response?.arrayBuffer()) ?? new ArrayBuffer();
        const { pathname, search } = new URL(request.url);
        const hash = hex(await crypto.subtle.digest('SHA-256', body));
        kept.push({ cache: name, path: pathname + search, method: request.method, hash });
      }
    }
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    // Bytes as their characters, so that a text among them is found; of a key that cannot be taken out there is nothing.
    const written = (value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value));
      if (ArrayBuffer.isView(value)) return String.fromCharCode(...new Uint8Array(value.buffer));
      if (typeof value !== 'object' || value === null || value instanceof CryptoKey) return String(value);
      return Object.entries(value).map(([name, inner]) => [name, written(inner)]);
    };
    const databases = (await indexedDB.databases()).map((database) => database.name ?? '');
    const records: unknown[] = [];
    for (const name of databases) {
      const database = await answerOf(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        records.push([name, store, await answerOf(objects.getAllKeys())]);
        records.push(written(await answerOf(objects.getAll())));
      }
      database.close();
    }
    return {
      kept,
      databases,
      records: JSON.stringify(records),
      texts: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    };
  });
}

/** That each kept file is, byte for byte, one of the public files everybody gets. */
export function expectOnlyShell(kept: Kept[]): void {
  for (const { path, method, hash } of kept) {
    const isAsset = /^\/assets\/[^/?]+$/.test(path);
    expect(isAsset || shellPaths.includes(path), path).toBe(true);
    const file = isAsset ? `build/client${path}` : `public${path}`;
    expect({ path, method, hash }).toEqual({
      path,
      method: 'GET',
      hash: createHash('sha256').update(readFileSync(file)).digest('hex'),
    });
  }
}

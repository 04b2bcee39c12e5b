import type { PinMemory, RememberedPins } from '#core/friends/believe-pins.ts';
import { inKeyStore } from './key-store.ts';
import { keeping } from './keyring.ts';

/** Where this browser remembers a person's pins: sealed, beside the keys, and longer than these. @throws KeysNotKept */
export function pinMemory(userId: string): PinMemory {
  const place = `pins:${userId}`;
  return {
    recall: async () =>
      (await inKeyStore<RememberedPins | undefined>('readonly', (store) => store.get(place))) ?? null,
    remember: (pins) =>
      keeping((store) => {
        // In one transaction: another page may be saving later ones.
        const kept: IDBRequest<RememberedPins | undefined> = store.get(place);
        kept.onsuccess = () => {
          if ((kept.result?.version ?? 0) < pins.version) store.put(pins, place);
        };
        return kept;
      }),
  };
}

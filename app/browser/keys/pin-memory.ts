import type { PinMemory, RememberedPins } from '#core/friends/believe-pins.ts';
import { inKeyStore } from './key-store.ts';
import { keeping } from './keyring.ts';

/**
 * Stores a user's pins in this browser: sealed, beside the keys, and for longer than them.
 *
 * @throws KeysNotKept
 */
export function pinMemory(userId: string): PinMemory {
  const place = `pins:${userId}`;
  return {
    recall: async () =>
      (await inKeyStore<RememberedPins | undefined>('readonly', (store) => store.get(place))) ?? null,
    remember: (pins) =>
      keeping((store) => {
        // In one transaction: another page may be saving newer ones.
        const kept: IDBRequest<RememberedPins | undefined> = store.get(place);
        kept.onsuccess = () => {
          if ((kept.result?.version ?? 0) < pins.version) store.put(pins, place);
        };
        return kept;
      }),
  };
}

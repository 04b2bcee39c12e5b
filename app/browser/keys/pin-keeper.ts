import type { PinKeeper } from '#core/friends/friend-key.ts';
import { browserApi } from '../browser-api.ts';
import type { HeldKeys } from './held-keys.ts';
import { pinMemory } from './pin-memory.ts';

/** The pins of whoever is logged in: on the server, and as this browser remembers them. */
export function pinKeeper({ userId }: HeldKeys): PinKeeper {
  return {
    load: () => browserApi.friends.pins.query(),
    save: async (pins, version, next) =>
      (await browserApi.friends.savePins.mutate({ pins, version, next })).saved,
    memory: pinMemory(userId),
    now: () => Date.now(),
  };
}

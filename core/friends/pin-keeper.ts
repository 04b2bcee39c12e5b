import type { Bytes } from '../bytes.ts';
import type { PinMemory } from './believe-pins.ts';
import type { PinKeeper } from './friend-key.ts';
import type { SealedPins } from './pins.ts';

/** The procedures that load and save the keys a user has seen of their friends. */
export interface PinApi {
  pins: { query(): Promise<SealedPins> };
  savePins: {
    mutate(input: { pins: Bytes; version: number; next: number }): Promise<{ saved: boolean }>;
  };
}

/** Keeps a user's pins on the server, and what this device remembers of them. */
export function pinKeeper({
  api,
  memory,
  now,
}: {
  api: { friends: PinApi };
  memory: PinMemory | null;
  now(): number;
}): PinKeeper {
  return {
    load: () => api.friends.pins.query(),
    save: async (pins, version, next) => (await api.friends.savePins.mutate({ pins, version, next })).saved,
    memory,
    now,
  };
}

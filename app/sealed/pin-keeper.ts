import type { PinKeeper } from '#core/friends/friend-key.ts';
import { browserApi } from '../browser-api.ts';

/** The pins of whoever is logged in, on the server. */
export const pinKeeper: PinKeeper = {
  load: () => browserApi.friends.pins.query(),
  save: async (pins, version) => (await browserApi.friends.savePins.mutate({ pins, version })).saved,
};

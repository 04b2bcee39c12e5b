import type { Bytes } from '#core/bytes.ts';
import type { PinMemory } from '#core/friends/believe-pins.ts';
import type { ReadingDesk } from '#core/letters/read-letter.ts';
import type { SendingDesk } from '#core/letters/send-sheet.ts';
import { bffErrorOf } from './bff-error.ts';
import type { Api } from './create-api.ts';

/** What reading and sending need of the server. */
export function createDesk(api: Api, memory: PinMemory): SendingDesk & ReadingDesk {
  return {
    load: () => api.friends.pins.query(),
    save: async (pins, version, next) => (await api.friends.savePins.mutate({ pins, version, next })).saved,
    memory,
    now: () => Date.now(),
    markRead: async (id: string, heading: Bytes) =>
      (await api.letters.markRead.mutate({ id, heading })).readAt,
    friendKeys: (username) => api.friends.keys.query({ username }),
    view: (id) => api.letters.sealed.query({ id }),
    async send(sending) {
      try {
        await api.letters.sendSealed.mutate(sending);
        return 'sent';
      } catch (thrown) {
        const error = bffErrorOf(thrown);
        if (error?.code !== 'conflict') throw thrown;
        return error.fields.key ? 'key-changed' : 'used';
      }
    },
  };
}

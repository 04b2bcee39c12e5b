import type { AccountKeys } from '#core/account-keys.ts';
import { safetyNumber } from '#core/crypto/index.ts';
import { trustFriendKey } from '#core/friends/friend-key.ts';
import { openPins, trustOf } from '#core/friends/pins.ts';
import { calling } from './bff-error.ts';
import type { Api } from './create-api.ts';
import { createDesk } from './desk.ts';

export function createFriends(api: Api, held: () => Promise<AccountKeys>) {
  /** Under the name that was asked for, whatever the server calls its owner. */
  const keyOf = async (asked: string) => {
    const username = asked.trim().toLowerCase();
    return { ...(await calling(() => api.friends.keys.query({ username }))), username };
  };
  return {
    /** Friends, and who asks or is asked. */
    list: () => calling(() => api.friends.list.query()),
    /** The code to hand to a friend. */
    code: async () => (await calling(() => api.friends.myCode.query())).code,
    /** Asks the owner of a code to be friends. */
    request: (code: string) => calling(() => api.friends.request.mutate({ code })),
    accept: (username: string) => calling(() => api.friends.accept.mutate({ username })),

    /**
     * Sixty digits to compare with the friend by another way, and how the friend's key stands to what was seen before:
     * `changed` must be compared before the next letter.
     */
    async safetyNumber(username: string) {
      const [keys, friend, sealed] = [
        await held(),
        await keyOf(username),
        await calling(() => api.friends.pins.query()),
      ];
      const pins = await openPins(keys, sealed.pins);
      const digits = await safetyNumber(
        { userId: keys.userId, publicKey: keys.identity.publicKey },
        { userId: friend.userId, publicKey: friend.publicKey },
      );
      return { digits, trust: trustOf(pins, friend) };
    },

    /** Trusts the key a friend has now; `verified` when the safety number was compared. */
    async trustKey(username: string, { verified }: { verified: boolean }): Promise<void> {
      const [keys, friend] = [await held(), await keyOf(username)];
      await calling(() => trustFriendKey(keys, createDesk(api), friend, verified ? Date.now() : null));
    },
  };
}

import type { AccountKeys } from '#core/account-keys.ts';
import { safetyNumber } from '#core/crypto/index.ts';
import type { PinMemory } from '#core/friends/believe-pins.ts';
import { describeFriendKeys, type KeyStanding, trustFriendKey } from '#core/friends/friend-key.ts';
import { calling } from './bff-error.ts';
import type { Api } from './create-api.ts';
import { createDesk } from './desk.ts';

export function createFriends(api: Api, held: () => Promise<AccountKeys>, memory: PinMemory) {
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
     * Sixty digits to compare with the friend by another way, and how the friend's key stands to what was seen before: one that
     * has `changed`, or of which the server has `withheld` what this device remembers, must be compared before the next letter.
     */
    async safetyNumber(username: string) {
      const [keys, friend] = [await held(), await keyOf(username)];
      const desk = createDesk(api, memory);
      const standings = await calling(async () =>
        describeFriendKeys(keys, desk, { friends: [friend], pins: await desk.load() }),
      );
      const digits = await safetyNumber(
        { userId: keys.userId, publicKey: keys.identity.publicKey },
        { userId: friend.userId, publicKey: friend.publicKey },
      );
      return { digits, ...(standings[friend.username] as KeyStanding) };
    },

    /** Trusts the key a friend has now; `verified` when the safety number was compared. */
    async trustKey(username: string, { verified }: { verified: boolean }): Promise<void> {
      const [keys, friend] = [await held(), await keyOf(username)];
      await calling(() =>
        trustFriendKey(keys, createDesk(api, memory), friend, verified ? Date.now() : null),
      );
    },
  };
}

import { compareFriendKeys, safetyNumberWith } from '#core/friends/compare-friend-key.ts';
import { type KeyStatus, pinKeeper, trustFriendKey } from '#core/friends/friend-key.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { calling } from './bff-error.ts';
import type { Api } from './create-api.ts';

export function createFriends(api: Api, access: () => Promise<LetterAccess>) {
  /** Loads a friend's key under the requested name, whatever the server calls its owner. */
  const keyOf = async (asked: string) => {
    const username = asked.trim().toLowerCase();
    return { ...(await calling(() => api.friends.keys.query({ username }))), username };
  };
  return {
    list: () => calling(() => api.friends.list.query()),
    code: async () => (await calling(() => api.friends.myCode.query())).code,
    request: (code: string) => calling(() => api.friends.request.mutate({ code })),
    accept: (username: string) => calling(() => api.friends.accept.mutate({ username })),

    /**
     * Returns sixty digits to compare with the friend over another channel, and the key status. If
     * the key has `changed`, or the server has `withheld` pins that this device remembers, compare
     * before the next letter.
     */
    async safetyNumber(username: string) {
      const [opened, friend] = [await access(), await keyOf(username)];
      const [statuses, digits] = await Promise.all([
        calling(async () =>
          compareFriendKeys(opened, { friends: [friend], pins: await api.friends.pins.query() }),
        ),
        safetyNumberWith(opened.keys, friend),
      ]);
      return { digits, ...(statuses[friend.username] as KeyStatus) };
    },

    /** Trusts a friend's current key; `verified` if the safety number was compared. */
    async trustKey(username: string, { verified }: { verified: boolean }): Promise<void> {
      const [opened, friend] = [await access(), await keyOf(username)];
      const verifiedAt = verified ? opened.now() : null;
      await calling(() => trustFriendKey(opened.keys, pinKeeper(opened), friend, verifiedAt));
    },
  };
}

import { compareFriendKeys, safetyNumberWith } from '#core/friends/compare-friend-key.ts';
import { type KeyStatus, pinKeeper, trustFriendKey } from '#core/friends/friend-key.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { calling } from './bff-error.ts';
import type { Api } from './create-api.ts';

export function createFriends(api: Api, access: () => Promise<LetterAccess>) {
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
      const [opened, friend] = [await access(), await keyOf(username)];
      const [statuses, digits] = await Promise.all([
        calling(async () =>
          compareFriendKeys(opened, { friends: [friend], pins: await api.friends.pins.query() }),
        ),
        safetyNumberWith(opened.keys, friend),
      ]);
      return { digits, ...(statuses[friend.username] as KeyStatus) };
    },

    /** Trusts the key a friend has now; `verified` when the safety number was compared. */
    async trustKey(username: string, { verified }: { verified: boolean }): Promise<void> {
      const [opened, friend] = [await access(), await keyOf(username)];
      const verifiedAt = verified ? opened.now() : null;
      await calling(() => trustFriendKey(opened.keys, pinKeeper(opened), friend, verifiedAt));
    },
  };
}

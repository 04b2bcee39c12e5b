import { acceptInvitation } from '#core/friends/accept-invitation.ts';
import { compareFriendKeys, safetyNumberWith } from '#core/friends/compare-friend-key.ts';
import { type KeyStatus, pinKeeper, trustFriendKey } from '#core/friends/friend-key.ts';
import { readInvitationLink } from '#core/friends/invitation-link.ts';
import { makeInvitation } from '#core/friends/make-invitation.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { BffError, calling } from './bff-error.ts';
import type { Api } from './create-api.ts';

export function createFriends(
  api: Api,
  access: () => Promise<LetterAccess>,
  own: () => { url: string; username: string },
) {
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
     * Makes a one-time invitation. Whoever accepts its link first is a friend at once; the link
     * names your own key.
     */
    async invite(): Promise<{ link: string; expiresAt: Date }> {
      const opened = await access();
      const { url, username } = own();
      const { path, expiresAt } = await calling(() => makeInvitation({ ...opened, api }, username));
      return { link: new URL(path, url).href, expiresAt };
    },

    /** Your invitations that nobody has accepted. */
    invitations: () => calling(() => api.invitations.list.query()),
    revokeInvitation: (id: string) => calling(() => api.invitations.revoke.mutate({ id })),

    /**
     * Accepts an invitation by its link. `keyChecked` is false if the link names no key, or if a
     * key of this friend is known already and has changed: then compare safety numbers.
     * @throws BffError `key-changed` if the server hands out another key than the link names
     */
    async acceptInvitation(link: string): Promise<{ keyChecked: boolean }> {
      const invited = readInvitationLink(link);
      const isHere = invited && new URL(link).origin === new URL(own().url).origin;
      if (!isHere || invited.fingerprint === 'cut-off')
        throw new BffError('invalid-input', "This isn't a whole link of an invitation to this installation.");
      const { token, fingerprint } = invited;
      const opened = await access();
      const outcome = await calling(() => acceptInvitation({ ...opened, api }, { token, fingerprint }));
      if (outcome === 'swapped')
        throw new BffError(
          'key-changed',
          'The server handed out another key than the one in this link. Ask your friend some other way.',
        );
      return { keyChecked: outcome === 'matched' };
    },

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

import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountKeys } from '../account-keys.ts';
import { createIdentity, importMasterKey, keyFingerprint, newMasterKey } from '../crypto/index.ts';
import { newId } from '../id.ts';
import { acceptInvitation, checkInviter } from './accept-invitation.ts';
import { trustFriendKey } from './friend-key.ts';
import { makeInvitation } from './make-invitation.ts';
import { type FriendKey, openPins, type SealedPins } from './pins.ts';

async function makeKeys(): Promise<AccountKeys> {
  const [raw, owner] = [newMasterKey(), { userId: newId(), epoch: 1 }];
  const { identity } = await createIdentity(raw, owner);
  return { ...owner, masterKey: await importMasterKey(raw), identity };
}

const token = 'A'.repeat(22);
let me: AccountKeys;
let mia: FriendKey;
let ofTheServer: FriendKey;
let fingerprint: string;
beforeAll(async () => {
  const [own, inviter, other] = await Promise.all([makeKeys(), makeKeys(), makeKeys()]);
  me = own;
  mia = {
    userId: inviter.userId,
    username: 'mia',
    displayName: 'Mia',
    publicKey: inviter.identity.publicKey,
  };
  ofTheServer = { ...mia, publicKey: other.identity.publicKey };
  fingerprint = await keyFingerprint(mia);
});

/** A server that hands out a key for the inviter. */
function visit(handedOut: FriendKey) {
  let kept: SealedPins = { pins: null, version: 0 };
  const calls: string[] = [];
  const api = {
    friends: {
      pins: { query: async () => kept },
      savePins: {
        mutate: async ({ pins, next }: { pins: NonNullable<SealedPins['pins']>; next: number }) => {
          calls.push('pinned');
          kept = { pins, version: next };
          return { saved: true };
        },
      },
    },
    invitations: {
      open: { query: async () => handedOut },
      accept: { mutate: async () => void calls.push('accepted') },
    },
  };
  const access = { keys: me, api, memory: null, now: () => 1_000 };
  const pinned = async () => (await openPins(me, kept))?.pins[mia.userId];
  const keeper = {
    load: async () => kept,
    save: async (pins: NonNullable<SealedPins['pins']>, _: number, next: number) =>
      (await api.friends.savePins.mutate({ pins, next })).saved,
    memory: null,
    now: () => 900,
  };
  return { access, calls, pinned, keeper };
}

describe('an invitation', () => {
  it('names the key as its maker holds it, whatever the server says of it', async () => {
    const inviter = await makeKeys();
    const api = { invitations: { create: { mutate: async () => ({ token, expiresAt: new Date(0) }) } } };
    const { path } = await makeInvitation({ keys: inviter, api }, 'mia');
    const { userId, identity } = inviter;
    const own = await keyFingerprint({ userId, username: 'mia', publicKey: identity.publicKey });
    expect(path).toBe(`/friends/join/${token}#${own}`);
  });

  it('pins the key of its link, and only then makes friends', async () => {
    const { access, calls, pinned } = visit(mia);
    expect(await acceptInvitation(access, { token, fingerprint })).toBe('matched');
    expect(calls).toEqual(['pinned', 'accepted']);
    // Not verified: a server can lead a browser to a link of its own making.
    expect(await pinned()).toMatchObject({ username: 'mia', verifiedAt: null });
  });

  it('pins nothing and makes no friends with another key, user or name', async () => {
    for (const lie of [ofTheServer, { ...mia, userId: newId() }, { ...mia, username: 'mia_' }]) {
      const { access, calls } = visit(lie);
      expect(await acceptInvitation(access, { token, fingerprint })).toBe('swapped');
      expect(await checkInviter(access, { token, fingerprint })).toBe('swapped');
      expect(calls).toEqual([]);
    }
  });

  it('without a fragment makes friends, and says that nothing was checked', async () => {
    const { access, calls } = visit(ofTheServer);
    expect(await acceptInvitation(access, { token, fingerprint: null })).toBe('unchecked');
    expect(calls).toEqual(['pinned', 'accepted']);
  });

  it('never replaces a key that is pinned', async () => {
    const { access, keeper, pinned } = visit(ofTheServer);
    await trustFriendKey(me, keeper, mia, 800);
    const before = await pinned();
    const forged = await keyFingerprint(ofTheServer);
    expect(await acceptInvitation(access, { token, fingerprint: forged })).toBe('unchecked');
    expect(await pinned()).toEqual(before);
  });
});

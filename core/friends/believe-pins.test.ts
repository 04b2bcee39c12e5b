import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountKeys } from '#core/account-keys.ts';
import { encodeUtf8, toBase64Url } from '#core/bytes.ts';
import { createIdentity, importMasterKey, newMasterKey, sealForSelf } from '#core/crypto/index.ts';
import { DAY } from '#core/durations.ts';
import type { RememberedPins } from '#core/friends/believe-pins.ts';
import {
  checkFriendKey,
  describeFriendKeys,
  maySealTo,
  type PinKeeper,
  restorePins,
  trustFriendKey,
} from '#core/friends/friend-key.ts';
import { type FriendKey, openPins, type SealedPins } from '#core/friends/pins.ts';
import { newId } from '#core/id.ts';

async function makeKeys(): Promise<AccountKeys> {
  const [raw, owner] = [newMasterKey(), { userId: newId(), epoch: 1 }];
  const { identity } = await createIdentity(raw, owner);
  return { ...owner, masterKey: await importMasterKey(raw), identity };
}

let me: AccountKeys;
let beta: FriendKey;
let betaOfTheServer: FriendKey;
let gamma: FriendKey;
beforeAll(async () => {
  me = await makeKeys();
  const friend = async (username: string): Promise<FriendKey> => {
    const { userId, identity } = await makeKeys();
    return { userId, username, displayName: username, publicKey: identity.publicKey };
  };
  [beta, gamma, betaOfTheServer] = await Promise.all([friend('beta'), friend('gamma'), friend('beta')]);
  betaOfTheServer = { ...betaOfTheServer, userId: beta.userId };
});

/** A server that keeps pins, and can be made to hand out others; and devices of one person at it. */
function serverOf() {
  let kept: SealedPins = { pins: null, version: 0 };
  const server = {
    history: [kept],
    handsOut: null as SealedPins | null,
    get kept() {
      return kept;
    },
    /** Somebody has put this in the place of what was kept. */
    restore(pins: SealedPins) {
      kept = pins;
    },
    device(clock = { now: 1_000 }): PinKeeper & { remembered(): RememberedPins | null } {
      let remembered: RememberedPins | null = null;
      return {
        load: async () => server.handsOut ?? kept,
        save: async (pins, version, next) => {
          if (version !== (server.handsOut ?? kept).version) return false;
          kept = { pins, version: next };
          server.history.push(kept);
          server.handsOut = null;
          return true;
        },
        memory: {
          recall: async () => remembered,
          remember: async (pins) => {
            remembered = pins;
          },
        },
        now: () => clock.now,
        remembered: () => remembered,
      };
    },
  };
  return server;
}

describe('a server that withholds what a device has seen of a friend’s key', () => {
  it('gets no letter sealed to a key of its own: with no pins, older ones, spoilt ones or those of the older form', async () => {
    const server = serverOf();
    const device = server.device();
    await trustFriendKey(me, device, beta, 500);
    const onlyBeta = server.kept;
    await checkFriendKey(me, device, gamma);
    const unbound = await sealForSelf(me.masterKey, 'pins', me.userId, encodeUtf8('{}'));
    const lies: [string, SealedPins, 'older' | 'missing'][] = [
      ['none', { pins: null, version: 0 }, 'missing'],
      ['none, under the right number', { pins: null, version: 2 }, 'missing'],
      ['older ones', onlyBeta, 'older'],
      ['older ones under a later number, which do not open', { ...onlyBeta, version: 9 }, 'missing'],
      ['those of the older form', { pins: unbound, version: 9 }, 'older'],
    ];
    for (const [what, lie, withheld] of lies) {
      server.handsOut = lie;
      const own = await checkFriendKey(me, device, betaOfTheServer);
      expect({ what, ...own }).toMatchObject({ what, trust: 'changed', withheld });
      expect(maySealTo(own)).toBe(false);
      // The right key is told from it, and still: not before the person has looked.
      const right = await checkFriendKey(me, device, beta);
      expect({ what, ...right }).toMatchObject({ what, trust: 'verified', withheld, at: 500 });
      expect(maySealTo(right)).toBe(false);
      const all = await describeFriendKeys(me, device, { friends: [betaOfTheServer, gamma], pins: lie });
      expect(all).toMatchObject({
        beta: { trust: 'changed', withheld },
        gamma: { trust: 'pinned', withheld },
      });
    }
    expect(server.history).toHaveLength(3);
  });

  it('cannot bring back a key that was replaced, also not one that was compared', async () => {
    const server = serverOf();
    const device = server.device();
    await trustFriendKey(me, device, beta, 500);
    const whenBetaWasCompared = server.kept;
    await trustFriendKey(me, device, betaOfTheServer, 900);
    server.handsOut = whenBetaWasCompared;
    expect(await checkFriendKey(me, device, beta)).toMatchObject({ trust: 'changed', withheld: 'older' });
  });

  it('is let go on when the person says so: what the device remembers is saved, and no other device is locked out', async () => {
    const server = serverOf();
    const [here, there] = [server.device(), server.device()];
    await trustFriendKey(me, here, beta, 500);
    const backup = server.kept;
    await checkFriendKey(me, here, gamma);
    await checkFriendKey(me, there, gamma);
    server.restore(backup);
    expect(await checkFriendKey(me, here, beta)).toMatchObject({ withheld: 'older' });
    await restorePins(me, here);
    for (const device of [here, there]) {
      expect(await checkFriendKey(me, device, beta)).toMatchObject({ trust: 'verified', withheld: null });
      expect(await checkFriendKey(me, device, gamma)).toMatchObject({ trust: 'pinned', withheld: null });
    }
    server.handsOut = { pins: null, version: server.kept.version };
    await trustFriendKey(me, here, beta, 700);
    expect(Object.keys((await openPins(me, server.kept))?.pins ?? {}).sort()).toEqual(
      [beta.userId, gamma.userId].sort(),
    );
  });

  it('cannot make a device forget by accepting the pins of two devices under one number', async () => {
    const server = serverOf();
    const [here, there] = [server.device(), server.device()];
    await trustFriendKey(me, here, beta, 500);
    await checkFriendKey(me, there, beta);
    const before = server.kept;
    await trustFriendKey(me, here, betaOfTheServer, 900);
    // The other device is left in the past, and goes on from there, past the number of the first.
    server.restore(before);
    await checkFriendKey(me, there, gamma);
    const fork = server.kept;
    expect(fork.version).toBe(here.remembered()?.version);
    expect(await checkFriendKey(me, here, gamma)).toMatchObject({ withheld: 'older' });
    await checkFriendKey(me, there, { ...gamma, displayName: 'Gamma' });
    expect(await checkFriendKey(me, here, beta)).toMatchObject({ trust: 'changed', withheld: null });
    expect(await checkFriendKey(me, here, betaOfTheServer)).toMatchObject({ trust: 'verified' });
    expect(server.kept.version).toBeGreaterThan(fork.version);
  });
});

describe('devices of one person', () => {
  it('save at the same time, and each goes on with what both know', async () => {
    const server = serverOf();
    const devices = Array.from({ length: 4 }, () => server.device());
    const friends = [beta, gamma, { ...beta, userId: newId(), username: 'delta' }];
    const checks = devices.flatMap((device) => friends.map((friend) => checkFriendKey(me, device, friend)));
    const statuses = await Promise.all(checks);
    expect(statuses.map(({ withheld }) => withheld)).toEqual(statuses.map(() => null));
    for (const device of devices) {
      for (const friend of friends) {
        const status = await checkFriendKey(me, device, friend);
        expect(status).toMatchObject({ trust: 'pinned', withheld: null });
      }
      expect(device.remembered()?.version).toBe(server.kept.version);
    }
  });

  it('are told apart: a new one says that it took a key over, until the number is compared there', async () => {
    const server = serverOf();
    const clock = { now: 1_000 };
    const first = server.device(clock);
    await trustFriendKey(me, first, beta, clock.now);
    expect(await checkFriendKey(me, first, beta)).toMatchObject({ trust: 'verified', takenOver: false });
    clock.now = 2_000;
    const second = server.device(clock);
    expect(await checkFriendKey(me, second, beta)).toMatchObject({
      trust: 'verified',
      at: 1_000,
      takenOver: true,
    });
    expect(await checkFriendKey(me, second, gamma)).toMatchObject({ trust: 'pinned', takenOver: false });
    clock.now = 3_000;
    await trustFriendKey(me, second, beta, clock.now);
    expect(await checkFriendKey(me, second, beta)).toMatchObject({ at: 3_000, takenOver: false });
    // The server opens the keys itself: nobody remembers beside it.
    const assisted = { ...server.device(clock), memory: null };
    expect(await checkFriendKey(me, assisted, beta)).toMatchObject({ trust: 'verified', takenOver: false });
  });
});

describe('pins', () => {
  it('of the older form still open, and are saved anew with person and version bound', async () => {
    const server = serverOf();
    const old = { [beta.userId]: { key: toBase64Url(beta.publicKey), verifiedAt: 7, earlier: [] } };
    const sealed = await sealForSelf(me.masterKey, 'pins', me.userId, encodeUtf8(JSON.stringify(old)));
    server.restore({ pins: sealed, version: 3 });
    expect(await checkFriendKey(me, server.device(), gamma)).toMatchObject({ trust: 'pinned' });
    expect(await openPins(me, server.kept)).toMatchObject({ bound: true });
    expect(await openPins(me, { ...server.kept, version: server.kept.version + 1 })).toBeNull();
    expect(await openPins({ ...me, userId: newId() }, server.kept)).toBeNull();
    expect(await checkFriendKey(me, server.device(), beta)).toMatchObject({ trust: 'verified', at: 7 });
  });

  it('keep the name, and say for a month that a friend has taken another', async () => {
    const server = serverOf();
    const clock = { now: 1_000 };
    const device = server.device(clock);
    await checkFriendKey(me, device, beta);
    const renamed = { ...beta, displayName: 'gamma' };
    expect(await checkFriendKey(me, device, renamed)).toMatchObject({ trust: 'pinned', formerName: 'beta' });
    clock.now += 29 * DAY;
    expect(await checkFriendKey(me, device, renamed)).toMatchObject({ formerName: 'beta', at: 1_000 });
    clock.now += 2 * DAY;
    expect(await checkFriendKey(me, device, renamed)).toMatchObject({ formerName: null });
  });
});

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toBase64Url } from '#core/bytes.ts';
import { currentKdfParams } from '#core/crypto/index.ts';
import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn, makePerson, testPassword } from '#tests/support/journey-people.ts';
import { makePasswordOlder, passwordCost } from '#tests/support/older-password.ts';

let world: Installation;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  await makePerson(world, 'alpha');
});
afterAll(() => world.close());

const isLoggedIn = async (token: string) => (await (await world.as({ token })).accounts.me()) !== null;

describe('a session', () => {
  it('ends after fourteen days without a visit', async () => {
    const token = await logIn(world, 'alpha');
    world.clock.advance(13.9 * DAY);
    expect(await isLoggedIn(token)).toBe(true);
    world.clock.advance(13.9 * DAY);
    expect(await isLoggedIn(token)).toBe(true);
    world.clock.advance(14.1 * DAY);
    expect(await isLoggedIn(token)).toBe(false);
  });

  it('ends after ninety days however often it is used', async () => {
    const token = await logIn(world, 'alpha');
    for (let passed = 0; passed < 89; passed += 1) {
      world.clock.advance(DAY);
      if (passed % 10 === 0) expect(await isLoggedIn(token)).toBe(true);
    }
    expect(await isLoggedIn(token)).toBe(true);
    world.clock.advance(1.1 * DAY);
    expect(await isLoggedIn(token)).toBe(false);
  });

  it('is good although a visit cannot be noted, on a full disk for example', async () => {
    const token = await logIn(world, 'alpha');
    const { sessions } = world.container.stores;
    const { touch } = sessions;
    sessions.touch = () => Promise.reject(new Error('database or disk is full'));
    world.clock.advance(13 * DAY);
    expect(await isLoggedIn(token)).toBe(true);
    expect(world.logLines.at(-1)).toContain('visit not noted');
    sessions.touch = touch;
    expect(await isLoggedIn(token)).toBe(true);
    world.clock.advance(13 * DAY);
    expect(await isLoggedIn(token)).toBe(true);
  });

  it('ends at log-out for good, and the other devices stay', async () => {
    const [phone, laptop] = [await logIn(world, 'alpha'), await logIn(world, 'alpha')];
    expect(phone).not.toBe(laptop);
    await (await world.as({ token: phone })).accounts.logOut();
    expect(await isLoggedIn(phone)).toBe(false);
    expect(await isLoggedIn(laptop)).toBe(true);
    await (await world.as(null)).accounts.logOut();
    await (await world.as({ token: phone })).accounts.logOut();
  });

  it('has a new token at every log-in', async () => {
    const tokens = await Promise.all(Array.from({ length: 4 }, () => logIn(world, 'alpha')));
    expect(new Set(tokens).size).toBe(4);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('opens with nothing but its own token', async () => {
    const token = await logIn(world, 'alpha');
    const { serverKeys, stores } = world.container;
    const session = await stores.sessions.findByTokenHash(await serverKeys.hashToken(`session:${token}`));
    if (!session) throw new Error('no session');
    const swapped = `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`;
    const wrong = [
      '',
      'x',
      `${token}A`,
      swapped,
      token.toLowerCase(),
      session.tokenHash,
      session.id,
      toBase64Url(session.serverHalf ?? new Uint8Array(32)),
    ];
    for (const guess of wrong) expect(await isLoggedIn(guess)).toBe(false);
  });

  it('keeps the keys under both halves: neither the cookie nor the database has them alone', async () => {
    const token = await logIn(world, 'alpha');
    const { serverKeys, stores, db } = world.container;
    const hash = await serverKeys.hashToken(`session:${token}`);
    const session = await stores.sessions.findByTokenHash(hash);
    if (!session?.serverHalf) throw new Error('no session');
    expect(JSON.stringify(session)).not.toContain(token);
    // With another server half the same cookie is still known, and opens nothing.
    await db.orm.sessions.where({ _id: session.id }).deleteAndCount();
    await stores.sessions.insert({ ...session, serverHalf: session.serverHalf.map((byte) => byte ^ 1) });
    const caller = await world.as({ token });
    expect(await caller.accounts.me()).toMatchObject({ username: 'alpha' });
    await expect((await world.as({ token })).inClear.inbox()).rejects.toThrow();
  });
});

describe('log-in', () => {
  it('upgrades an account made under weaker parameters, once, and keeps its drafts readable', async () => {
    const draftId = newId();
    await (await world.as({ token: await logIn(world, 'alpha') })).inClear.saveDraft({
      draftId,
      version: 0,
      title: 'From before',
      body: 'the upgrade',
    });
    const weak = { memoryKiB: 19_456, iterations: 2, parallelism: 1 };
    await makePasswordOlder(world, 'alpha', testPassword, weak);
    expect(await passwordCost(world, 'alpha')).toEqual(weak);

    const before = world.derivations.length;
    const token = await logIn(world, 'alpha');
    expect(world.derivations.slice(before).map(({ memoryKiB }) => memoryKiB)).toEqual([
      weak.memoryKiB,
      currentKdfParams.memoryKiB,
    ]);
    expect(await passwordCost(world, 'alpha')).toEqual(currentKdfParams);
    expect(await (await world.as({ token })).inClear.openDraft({ id: draftId })).toMatchObject({
      body: 'the upgrade',
    });

    const after = world.derivations.length;
    const again = await logIn(world, 'alpha');
    expect(world.derivations).toHaveLength(after + 1);
    expect(await (await world.as({ token: again })).inClear.openDraft({ id: draftId })).toMatchObject({
      title: 'From before',
    });
  });

  it('is upgraded by one of two that come at the same moment, and both can read', async () => {
    await makePasswordOlder(world, 'alpha', testPassword, {
      memoryKiB: 19_456,
      iterations: 2,
      parallelism: 1,
    });
    const upgrade = vi.spyOn(world.container.stores.users, 'upgradePasswordKeys');
    const tokens = await Promise.all([logIn(world, 'alpha'), logIn(world, 'alpha')]);
    const upgraded = await Promise.all(upgrade.mock.results.map(({ value }) => value));
    upgrade.mockRestore();
    expect(upgraded.sort()).toEqual([false, true]);
    expect(await passwordCost(world, 'alpha')).toEqual(currentKdfParams);
    const before = world.derivations.length;
    for (const token of [...tokens, await logIn(world, 'alpha')]) {
      const { drafts } = await (await world.as({ token })).inClear.drafts();
      expect(drafts.map(({ title }) => title)).toEqual(['From before']);
    }
    expect(world.derivations).toHaveLength(before + 1);
  });
});

it('stays the same person over a restart', async () => {
  const first = await openInstallation();
  await makePerson(first, 'steady');
  const token = await logIn(first, 'steady');
  const second = await first.crash();
  try {
    expect(await (await second.as({ token })).accounts.me()).toMatchObject({ username: 'steady' });
    await logIn(second, 'steady');
  } finally {
    await second.close();
  }
});

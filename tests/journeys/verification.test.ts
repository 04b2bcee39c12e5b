import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  confirmTwoWords,
  refusalOf,
  startJoining,
  testPassword,
  verificationToken,
} from '#tests/support/journey-people.ts';

let world: Installation;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
});
afterAll(() => world.close());

const verify = async (token: string) => refusalOf((await world.as(null)).accounts.verifyEmail({ token }));
const tryLogIn = async (username: string) =>
  (await (await world.as(null)).accounts.logIn({ username, password: testPassword })).outcome;
async function linkFor(username: string): Promise<string> {
  await confirmTwoWords(world, await startJoining(world, username));
  return verificationToken(world, `${username}@example.test`);
}

describe('a verification link', () => {
  it('works once, and says so from then on', async () => {
    const token = await linkFor('once');
    const { accounts } = await world.as(null);
    expect(await accounts.checkVerification({ token })).toEqual({
      ...{ username: 'once', email: 'once@example.test', confirmed: false },
    });
    expect(await accounts.verifyEmail({ token })).toEqual({ username: 'once', already: false });
    expect(await accounts.verifyEmail({ token })).toEqual({ username: 'once', already: true });
    expect(await accounts.checkVerification({ token })).toMatchObject({ confirmed: true });
    expect(await tryLogIn('once')).toBe('logged-in');
  });

  it('confirms one address to whoever of two accounts comes first', async () => {
    const email = 'shared@example.test';
    const tokens: string[] = [];
    for (const name of ['first_one', 'second_one']) {
      await confirmTwoWords(world, await startJoining(world, name, { email }));
      tokens.push(await verificationToken(world, email));
    }
    const outcomes = await Promise.all(tokens.map(verify));
    expect(outcomes.sort()).toEqual(['no refusal', 'not-found']);
  });

  it('works for twenty-four hours and no longer', async () => {
    const [inTime, late] = [await linkFor('in_time'), await linkFor('late')];
    world.clock.advance(24 * HOUR - MINUTE);
    expect(await verify(inTime)).toBe('no refusal');
    world.clock.advance(2 * MINUTE);
    expect(await verify(late)).toBe('not-found');
    expect(await tryLogIn('late')).toBe('unverified');
    const fresh = await verificationToken(world, 'late@example.test');
    expect(fresh).not.toBe(late);
    expect(await verify(fresh)).toBe('no refusal');
  });

  it('is sent anew at each log-in of an account without a verified address, which does not get in', async () => {
    const first = await linkFor('impatient');
    expect(await tryLogIn('impatient')).toBe('unverified');
    const second = await verificationToken(world, 'impatient@example.test');
    expect(second).not.toBe(first);
    expect(await verify(second)).toBe('no refusal');
    expect(await tryLogIn('impatient')).toBe('logged-in');
  });

  it('serves no other purpose, and no other token serves as one', async () => {
    const token = await linkFor('purposeful');
    const { serverKeys, stores, now } = world.container;
    const user = await stores.users.findByUsername('purposeful');
    const asVerification = await serverKeys.hashToken(`verify-email:${token}`);
    for (const purpose of ['reset-password', 'change-email', 'log-in', '']) {
      expect(await stores.tokens.find(asVerification, purpose)).toBeNull();
      expect(await stores.tokens.consume(asVerification, purpose, now())).toBeNull();
    }
    // A token made for something else, with the very same secret text.
    const other = 'A'.repeat(43);
    for (const purpose of ['reset-password', 'change-email']) {
      await stores.tokens.insert({
        id: newId(),
        hash: await serverKeys.hashToken(`${purpose}:${other}`),
        purpose,
        userId: user?.id ?? '',
        address: null,
        createdAt: now(),
        expiresAt: new Date(now().getTime() + HOUR),
      });
    }
    expect(await verify(other)).toBe('not-found');
    // Nor is a session's token one, or a link a session.
    const joining = await startJoining(world, 'session_only');
    expect(await verify(joining.token)).toBe('not-found');
    expect(await (await world.as({ token })).accounts.me()).toBeNull();
    expect(await verify(token)).toBe('no refusal');
  });

  it('is refused in the same words when it is unknown, replaced or expired, and for every odd shape', async () => {
    const used = await linkFor('used_up');
    await tryLogIn('used_up');
    await world.settle();
    const say = async (token: string) =>
      (await world.as(null)).accounts.verifyEmail({ token }).catch((error: Error) => error.message);
    expect(await say('B'.repeat(43))).toBe(await say(used));
    for (const token of ['', '../..', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)}\n`]) {
      expect(await verify(token)).toBe('invalid-input');
    }
  });

  it('is stored only as a keyed hash', async () => {
    const token = await linkFor('hashed');
    const { serverKeys, stores } = world.container;
    expect(await stores.tokens.find(token, 'verify-email')).toBeNull();
    const hash = await serverKeys.hashToken(`verify-email:${token}`);
    expect(JSON.stringify(await stores.tokens.find(hash, 'verify-email'))).not.toContain(token);
  });
});

describe('the mails of an account', () => {
  it('are limited: logging in a hundred times does not fill a mailbox', async () => {
    const limited = await openInstallation();
    try {
      await confirmTwoWords(limited, await startJoining(limited, 'flood'));
      for (let n = 0; n < 9; n += 1) {
        const caller = await limited.as(null, `192.0.2.${n}`);
        await caller.accounts.logIn({ username: 'flood', password: testPassword });
        await limited.settle();
      }
      expect((await limited.mails()).length).toBe(5);
    } finally {
      await limited.close();
    }
  });
});

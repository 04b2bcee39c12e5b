import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#server/errors.ts';
import { globalWaitAfter, waitAfter } from '#server/limits/guard-log-in.ts';
import { createRateLimits } from '#server/limits/rate-limits.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makePerson, refusalOf, testPassword } from '#tests/support/journey-people.ts';

const here = '198.51.100.1';
const elsewhere = '203.0.113.9';

let world: Installation;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  world = await openInstallation();
  await makePerson(world, 'alpha');
});
afterEach(async () => {
  vi.useRealTimers();
  await world.close();
});

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

interface Try {
  from?: string;
  username?: string;
  password?: string;
  device?: string;
}

/** The seconds to wait; 0 for a try whose password was looked at and wrong; 'in' for one that got in. */
async function tryToLogIn(attempt: Try = {}): Promise<number | 'in'> {
  const { from = here, username = 'alpha', password = 'not the password', device } = attempt;
  const { accounts } = await world.as(null, from, device);
  try {
    await accounts.logIn({ username, password });
    return 'in';
  } catch (error) {
    const { code, message, retryAfterS } = (error as Error).cause as AppError;
    if (code === 'unauthenticated') return 0;
    expect(code).toBe('too-many-requests');
    expect(message).toMatch(/^Too many tries\. Try again in (a|\d+) (second|minute)s?\.$/);
    return retryAfterS ?? Number.NaN;
  }
}

/** The same as a wrong password, without the work of looking at one. */
async function guessWrong(address: string): Promise<void> {
  const wrong = () => Promise.reject(new AppError('unauthenticated', 'Wrong.'));
  const guess = { username: 'alpha', address, device: null };
  await expect(world.container.limits.guardLogIn(guess, wrong)).rejects.toThrow('Wrong.');
}

async function fail(times: number, attempt: Try = {}): Promise<void> {
  for (let n = 0; n < times; n += 1) expect(await tryToLogIn(attempt)).toBe(0);
}

describe('the wait after wrong passwords', () => {
  it('begins after the fifth and doubles up to a quarter of an hour', async () => {
    await fail(5);
    for (const wait of [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      expect(await tryToLogIn()).toBe(wait);
      // What was refused does not count, or whoever keeps trying would lengthen it for ever.
      for (let n = 0; n < 5; n += 1) expect(await tryToLogIn()).toBe(wait);
      pass(wait - 1);
      expect(await tryToLogIn({ password: testPassword })).toBe(1);
      pass(1.1);
      expect(await tryToLogIn()).toBe(0);
    }
  });

  it('is over with the right password, and the next mistakes are free again', async () => {
    await fail(5);
    pass(2.1);
    expect(await tryToLogIn({ password: testPassword })).toBe('in');
    await fail(5);
    expect(await tryToLogIn()).toBe(2);
  });

  it('holds for many tries at once, of which no more are looked at than one by one', async () => {
    const before = world.derivations.length;
    const tries = await Promise.all(Array.from({ length: 40 }, () => tryToLogIn()));
    expect(tries.filter((wait) => wait === 0)).toHaveLength(5);
    expect(world.derivations.length - before).toBe(5);
    expect(await tryToLogIn()).toBe(2);
  });

  it('is the same for a name that nobody has', async () => {
    await fail(5, { username: 'nobody_here' });
    expect(await tryToLogIn({ username: 'nobody_here' })).toBe(2);
    expect(await tryToLogIn({ username: 'another_one' })).toBe(0);
  });

  it('grows to its bounds and never beyond', () => {
    expect([0, 4, 5, 6, 13, 14, 5_000].map(waitAfter)).toEqual([0, 0, 2, 4, 512, 900, 900]);
    expect([0, 30, 31, 40, 50, 100, 5_000].map(globalWaitAfter)).toEqual([0, 0, 1, 2, 4, 60, 60]);
  });
});

describe('the owner of an account that a stranger tries passwords for', () => {
  it('gets in from any other address', async () => {
    await fail(5);
    expect(await tryToLogIn({ password: testPassword })).toBe(2);
    expect(await tryToLogIn({ password: testPassword, from: elsewhere })).toBe('in');
  });

  it('gets in from the stranger’s own address on a device that was logged in before', async () => {
    const { accounts } = await world.as(null, here);
    const session = await accounts.logIn({ username: 'alpha', password: testPassword });
    const device = 'device' in session ? session.device : '';
    for (let n = 0; n < 110; n += 1) await tryToLogIn();
    expect(await tryToLogIn({ password: testPassword })).toBeGreaterThan(2);
    expect(await tryToLogIn({ password: testPassword, device })).toBe('in');
    // A stolen name of a device is worth no more guesses than another address.
    await fail(5, { device });
    expect(await tryToLogIn({ device })).toBe(2);
  });

  it('is not known by a name of a device that was made up, changed, or another person’s', async () => {
    await makePerson(world, 'beta');
    const { accounts } = await world.as(null, elsewhere);
    const session = await accounts.logIn({ username: 'beta', password: testPassword });
    const theirs = 'device' in session ? session.device : '';
    await fail(5);
    for (const device of [
      theirs,
      `${'A'.repeat(24)}.${'0'.repeat(32)}`,
      `${theirs}0`,
      '',
      '[object Object]',
    ]) {
      expect(await tryToLogIn({ device, password: testPassword })).toBe(2);
    }
  });

  it('gets in from a new address while hundreds of others fail, which wait a little each', async () => {
    for (let n = 0; n < 100; n += 1) await guessWrong(`192.0.2.${n}`);
    expect(await tryToLogIn({ password: testPassword, from: elsewhere })).toBe('in');
    // The second try of a place is let through, too, and starts its wait; otherwise it would have had three more.
    await guessWrong('192.0.2.7');
    expect(await tryToLogIn({ from: '192.0.2.7' })).toBe(60);
  });

  it('is told of a changed password, however many reset mails a stranger had sent', async () => {
    const email = 'alpha@example.test';
    for (let n = 0; n < 6; n += 1) await (await world.as(null, here)).accounts.requestReset({ email });
    await world.settle();
    const sent = async () =>
      (await world.mails()).filter(({ to }) => to === email).map((mail) => mail.subject);
    const resets = (await sent()).filter((subject) => /new password|reset/i.test(subject));
    expect(resets).toHaveLength(3);
    const login = await (await world.as(null, here)).accounts.logIn({
      username: 'alpha',
      password: testPassword,
    });
    // The mail about this log-in is a job of its own, which may be slower than the next mail.
    await world.settle();
    const caller = await world.as({ token: 'token' in login ? login.token : '' });
    const password = 'quite another password';
    await caller.accounts.changePassword({ current: testPassword, password, confirm: password });
    await world.settle();
    expect((await sent()).at(-1)).toBe('Your password was changed');
  });
});

describe('what is counted', () => {
  it('survives a crash', async () => {
    await fail(5);
    await (await world.as(null, here)).accounts.requestReset({ email: 'alpha@example.test' });
    for (let n = 1; n < 20; n += 1) await world.container.limits.count('reset by address', here);
    world = await world.crash();
    expect(await tryToLogIn()).toBe(2);
    const again = (await world.as(null, here)).accounts.requestReset({ email: 'alpha@example.test' });
    expect(await refusalOf(again)).toBe('too-many-requests');
  });

  it('is shared by all processes on one database', async () => {
    const { stores, serverKeys } = world.container;
    const processes = Array.from({ length: 3 }, () => createRateLimits(stores.tryCounts, serverKeys));
    const tries = Array.from({ length: 30 }, (_, n) =>
      processes[n % 3]?.count('feedback by address', elsewhere).then(
        () => 'taken',
        () => 'refused',
      ),
    );
    expect((await Promise.all(tries)).filter((end) => end === 'taken')).toHaveLength(10);
  });

  it('is known to nobody who has the database alone: no name, address or number is in it', async () => {
    await fail(2, { username: 'a_typed_name' });
    const rows = await world.container.db.orm.tryCounts.all().toArray();
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(['_id', 'expiresAt', 'points']);
    const files = (await readdir(world.dataDir)).filter((name) => name.startsWith('bff.sqlite'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const bytes = await readFile(join(world.dataDir, file));
      expect(bytes.includes('a_typed_name')).toBe(false);
      expect(bytes.includes(here)).toBe(false);
    }
  });

  it('costs no query once it is used up, so that a flood costs little', async () => {
    let queries = 0;
    const { stores, serverKeys } = world.container;
    const counts = Object.fromEntries(
      Object.entries(stores.tryCounts).map(([name, method]) => [
        name,
        (...given: never[]) => {
          queries += 1;
          return (method as (...given: never[]) => unknown)(...given);
        },
      ]),
    ) as typeof stores.tryCounts;
    const limits = createRateLimits(counts, serverKeys);
    const flood = async (times: number) => {
      for (let n = 0; n < times; n += 1) await limits.count('reset by address', elsewhere).catch(() => {});
      return queries;
    };
    const before = await flood(25);
    expect(before).toBeLessThan(25);
    expect(await flood(1_000)).toBe(before);
    for (let n = 0; n < 200; n += 1) await limits.count('calls by address', elsewhere);
    expect(queries - before).toBe(10);
    // Written down together or not, no more than the rule says gets through.
    let through = 200;
    for (; through < 7_000; through += 1) {
      if (
        await limits.count('calls by address', elsewhere).then(
          () => false,
          () => true,
        )
      )
        break;
    }
    expect(through).toBe(6_019);
  });

  it('is over after its time', async () => {
    const { limits } = world.container;
    for (let n = 0; n < 10; n += 1) await limits.count('feedback by address', here);
    await expect(limits.count('feedback by address', here)).rejects.toThrow(/60 minutes/);
    pass(3_599);
    await expect(limits.count('feedback by address', here)).rejects.toThrow(/a second/);
    pass(2);
    await limits.count('feedback by address', here);
  });
});

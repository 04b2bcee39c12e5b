import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { makePasswordRecord } from '#core/accounts/password-record.ts';
import { provePassword } from '#core/accounts/sealed-account.ts';
import { currentKdfParams } from '#core/crypto/index.ts';
import { MINUTE } from '#core/durations.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn, makePerson, type Person, refusalOf, testPassword } from '#tests/support/journey-people.ts';
import { makePasswordOlder, passwordCost } from '#tests/support/older-password.ts';

/** What happens to log-ins, links and other changes while a password, or what it costs, is changed. */

const weak = { memoryKiB: 19_456, iterations: 2, parallelism: 1 };
let world: Installation;
let alpha: Person;
/** What the store really does, while a test stands between. */
let real: Pick<Installation['container']['stores']['users'], 'upgradePasswordKeys' | 'replaceKeys'>;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  const { upgradePasswordKeys, replaceKeys } = users();
  real = { upgradePasswordKeys, replaceKeys };
  alpha = await makePerson(world, 'alpha');
});
afterAll(() => world.close());
afterEach(() => vi.restoreAllMocks());

const users = () => world.container.stores.users;
const argon2 = () => world.container.argon2;
const nobody = async () => (await world.as(null)).accounts;

async function subjectsTo(email: string): Promise<string[]> {
  await world.settle();
  return (await world.mails()).filter(({ to }) => to === email).map(({ subject }) => subject);
}
const activityOf = async (who: { token: string }) =>
  (await (await world.as(who)).activity.list({})).items.map(({ kind }) => kind);

async function logInSealed(username: string, password = testPassword) {
  const api = await nobody();
  const proven = await provePassword(argon2(), password, await api.kdf({ username }));
  const result = await api.logInSealed({ username, authKey: proven.authKey });
  if (!('account' in result)) throw new Error(`log-in ended with ${result.outcome}`);
  const { account, token } = result;
  const masterKey = await proven.open(account);
  const proof = { authKey: proven.authKey };
  const locked = (next: string) => makePasswordRecord(argon2(), next, account, account.keyShare, masterKey);
  return { token, masterKey, proof, locked, api: (await world.as({ token })).accounts };
}

/** Two callers go on only once both have come this far. */
function together<Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) {
  let arrived = 0;
  let open = () => {};
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async (...args: Args): Promise<Result> => {
    arrived += 1;
    if (arrived === 2) open();
    await both;
    return act(...args);
  };
}

describe('two log-ins at the moment when the cost of a password is raised', () => {
  it('both go on, twenty times over', { timeout: 240_000 }, async () => {
    for (let round = 0; round < 20; round += 1) {
      await makePasswordOlder(world, 'alpha', testPassword, weak);
      const tokens = await Promise.all([logIn(world, 'alpha'), logIn(world, 'alpha')]);
      for (const token of tokens)
        await expect((await world.as({ token })).inClear.drafts()).resolves.toMatchObject({ drafts: [] });
      expect(await passwordCost(world, 'alpha')).toEqual(currentKdfParams);
    }
  });

  it('both go on when they write in the same instant: one of them raises it', async () => {
    await makePasswordOlder(world, 'alpha', testPassword, weak);
    const write = vi.spyOn(users(), 'upgradePasswordKeys');
    write.mockImplementation(together(real.upgradePasswordKeys));
    const tokens = await Promise.all([logIn(world, 'alpha'), logIn(world, 'alpha')]);
    expect(new Set(tokens).size).toBe(2);
    const written = await Promise.all(write.mock.results.map(({ value }) => value));
    expect(written.sort()).toEqual([false, true]);
    for (const token of tokens) await (await world.as({ token })).inClear.drafts();
  });

  it('both go on where one is sealed and had its key compared before', async () => {
    await makePasswordOlder(world, 'alpha', testPassword, weak);
    const insert = world.container.stores.sessions.insert;
    vi.spyOn(world.container.stores.sessions, 'insert').mockImplementationOnce(async (session) => {
      // The other one comes and goes between the comparison and the session.
      await logIn(world, 'alpha');
      return insert(session);
    });
    const sealed = await logInSealed('alpha');
    expect(await passwordCost(world, 'alpha')).toEqual(currentKdfParams);
    expect(await sealed.api.me()).toMatchObject({ mode: 'sealed' });
  });

  it('is no way in for a password that was changed in the meantime', async () => {
    const eve = await makePerson(world, 'hasty');
    await makePasswordOlder(world, 'hasty', testPassword, weak);
    vi.spyOn(users(), 'upgradePasswordKeys').mockImplementationOnce(async (...args) => {
      const change = { current: testPassword, password: 'a new lantern 7', confirm: 'a new lantern 7' };
      await (await world.as(eve)).accounts.changePassword(change);
      return real.upgradePasswordKeys(...args);
    });
    expect(await refusalOf(logIn(world, 'hasty'))).toBe('unauthenticated');
    await logIn(world, 'hasty', 'a new lantern 7');
    expect(await refusalOf(logIn(world, 'hasty'))).toBe('unauthenticated');
  });
});

describe('two reset links used at once', () => {
  const linkTo = async (email: string) => {
    await (await nobody()).requestReset({ email });
    await world.settle();
    const mail = (await world.mails())
      .filter(({ to, text }) => to === email && /\/reset\//.test(text))
      .at(-1);
    return /\/reset\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1] ?? '';
  };

  it.each(['two with the words', 'one with the words and one without'])(
    'one wins and the other leaves no session: %s',
    async (kind) => {
      const name = kind.startsWith('two') ? 'twice_reset' : 'once_reset';
      const person = await makePerson(world, name);
      const write = vi.spyOn(users(), 'replaceKeys').mockImplementation(together(real.replaceKeys));
      const api = await nobody();
      const passwords = ['a first lantern 1', 'a second lantern 2'] as const;
      const words = person.words.join(' ');
      const typed = (n: 0 | 1) => ({ password: passwords[n], confirm: passwords[n] });
      const one = api.resetPassword({ token: await linkTo(person.email), words, ...typed(0) });
      // Only the newest link counts: the other one is asked for while the first, used up, waits to write.
      await vi.waitFor(() => expect(write).toHaveBeenCalledOnce(), 20_000);
      const token = await linkTo(person.email);
      const outcomes = await Promise.allSettled([
        one,
        kind.startsWith('two')
          ? api.resetPassword({ token, words, ...typed(1) })
          : api.resetWithoutRecovery({ token, understood: true, ...typed(1) }),
      ]);
      expect(write).toHaveBeenCalledTimes(2);
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled') as 0 | 1;
      const lost = outcomes[1 - winner];
      expect(lost).toMatchObject({ status: 'rejected', reason: { cause: { code: 'not-found' } } });
      const user = await users().findByUsername(name);
      const sessions = await world.container.stores.sessions.listByUser(user?.id ?? '');
      expect(sessions).toHaveLength(1);
      expect(await refusalOf((await nobody()).logIn({ username: name, password: passwords[winner] }))).toBe(
        'no refusal',
      );
      expect(
        await refusalOf((await nobody()).logIn({ username: name, password: passwords[winner ? 0 : 1] })),
      ).toBe('unauthenticated');
    },
  );
});

describe('a change of the password while a link starts the account over', () => {
  it('is refused rather than written over the new keys', async () => {
    const person = await makePerson(world, 'overtaken');
    const here = await logInSealed('overtaken');
    const record = await here.locked('another lantern 3');
    const set = users().setPasswordKeys;
    vi.spyOn(users(), 'setPasswordKeys').mockImplementationOnce(async (...args) => {
      const user = await users().findByUsername('overtaken');
      if (!user) throw new Error('nobody');
      const { id: _, ...keys } = user;
      await users().replaceKeys(user, { ...keys, keyEpoch: 2 }, new Date());
      return set(...args);
    });
    expect(await refusalOf(here.api.changePasswordSealed({ proof: here.proof, password: record }))).toBe(
      'conflict',
    );
    expect(await users().findByUsername('overtaken')).not.toMatchObject({ wrappedAmk: record.wrappedAmk });
    expect((await subjectsTo(person.email)).includes('Your password was changed')).toBe(false);
  });
});

describe('keeping a password at today’s cost from the browser', () => {
  it('is done once, from a weaker one, at log-in, and its owner is told', async () => {
    const person = await makePerson(world, 'stronger');
    const strong = await logInSealed('stronger');
    const swap = async (here: typeof strong) =>
      here.api.upgradePasswordSealed({ proof: here.proof, password: await here.locked('of a stranger 8') });
    expect(await refusalOf(swap(strong))).toBe('conflict');
    await makePasswordOlder(world, 'stronger', testPassword, weak);
    const late = await logInSealed('stronger');
    world.clock.advance(11 * MINUTE);
    expect(await refusalOf(swap(late))).toBe('forbidden');
    const here = await logInSealed('stronger');
    const wrong = { proof: { authKey: new Uint8Array(32) }, password: await here.locked(testPassword) };
    expect(await refusalOf(here.api.upgradePasswordSealed(wrong))).toBe('invalid-input');
    expect(await subjectsTo(person.email)).not.toContain('Your password is better protected');
    const right = { proof: here.proof, password: await here.locked(testPassword) };
    await here.api.upgradePasswordSealed(right);
    expect(await passwordCost(world, 'stronger')).toEqual(currentKdfParams);
    expect(await subjectsTo(person.email)).toContain('Your password is better protected');
    expect(await activityOf(here)).toContain('password-strengthened');
    const again = await logInSealed('stronger');
    expect(await refusalOf(swap(again))).toBe('conflict');
  });
});

describe('other changes to what protects an account', () => {
  it('are mailed: new words, and assisted mode off and on', async () => {
    const renewed = 'You have new recovery words';
    // The session of the beginning has given way to newer ones.
    const fresh = { token: await logIn(world, 'alpha') };
    await (await world.as(fresh)).accounts.renewRecoveryPhrase({ current: testPassword });
    expect((await subjectsTo(alpha.email)).filter((subject) => subject === renewed)).toHaveLength(1);
    // The words wait to be confirmed: whoever logs in now is shown others.
    await (await nobody()).logIn({ username: 'alpha', password: testPassword });
    expect((await subjectsTo(alpha.email)).filter((subject) => subject === renewed)).toHaveLength(2);

    const person = await makePerson(world, 'switcher');
    const here = await logInSealed('switcher');
    await here.api.setAssisted({ proof: here.proof, forbidden: true });
    await here.api.setAssisted({ proof: here.proof, forbidden: true });
    await here.api.setAssisted({ proof: here.proof, forbidden: false });
    expect((await subjectsTo(person.email)).filter((subject) => /without JavaScript/.test(subject))).toEqual([
      'Login without JavaScript is off',
      'Login without JavaScript is on',
    ]);
  });
});

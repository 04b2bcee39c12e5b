import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importAccount, provePassword } from '#core/accounts/sealed-account.ts';
import { newMasterKey } from '#core/crypto/index.ts';
import { MINUTE } from '#core/durations.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  befriend,
  logIn,
  makePeople,
  makePerson,
  type Person,
  readAllPages,
  refusalOf,
  sendLetter,
  testPassword,
} from '#tests/support/journey-people.ts';
import { beginLogIn, type Phone, proof, setUpApp, waitingLogIn } from '#tests/support/second-factor.ts';
import { tracesOf } from '#tests/support/traces.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
let phone: Phone;

beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
  await befriend(world, alpha, beta);
  phone = await setUpApp(world, alpha);
});
afterAll(() => world.close());

const nobody = async () => (await world.as(null)).secondFactor;
const of = async (person: Pick<Person, 'token'>) => (await world.as(person)).secondFactor;
const give = async (challenge: string, code: string) => (await nobody()).giveCode({ challenge, code });
const codesLeft = async () => (await (await of(alpha)).settings()).codes?.left;
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const eventsOf = async (person: Person) => {
  const { activity } = await world.as(person);
  return (await readAllPages((cursor) => activity.list({ cursor }))).items.map(({ kind }) => kind);
};

describe('a log-in with a second factor', () => {
  it('goes on to the inbox and its letters with the code of the app', async () => {
    const id = await sendLetter(world, beta, alpha, { title: 'For both factors' });
    const challenge = await beginLogIn(world, alpha);
    const result = await give(challenge, ` ${phone.nextCode().replace(/^(...)/, '$1 ')}`);
    if (result.outcome !== 'logged-in') expect.fail(result.outcome);
    expect((await (await world.as(result)).inClear.readLetter({ id })).content?.title).toBe(
      'For both factors',
    );
  });

  it('asks nothing more of somebody who has none', async () => {
    expect(await logIn(world, 'beta')).toMatch(/^[\w-]{43}$/);
  });

  it('opens nothing before: what is left of the password is no session', async () => {
    const challenge = await beginLogIn(world, alpha);
    const api = await world.as({ token: challenge });
    expect(await api.accounts.me()).toBeNull();
    expect(await refusalOf(api.letters.inbox({}))).toBe('unauthenticated');
    expect(await refusalOf(api.accounts.recoveryPhrase())).toBe('unauthenticated');
    expect(await refusalOf(api.secondFactor.settings())).toBe('unauthenticated');
    expect(await (await nobody()).wanted({ challenge })).toEqual({
      username: 'alpha',
      mode: 'assisted',
      app: true,
      codes: true,
      passkeys: false,
    });
  });

  it('is over after success: the challenge is worth nothing, even with a fresh code', async () => {
    const challenge = await waitingLogIn(world, alpha);
    await give(challenge, phone.nextCode());
    expect(await refusalOf(give(challenge, phone.nextCode()))).toBe('unauthenticated');
    expect(await refusalOf((await nobody()).wanted({ challenge }))).toBe('unauthenticated');
  });

  it('is over after ten minutes', async () => {
    const challenge = await waitingLogIn(world, alpha);
    world.clock.advance(9 * MINUTE);
    expect(await (await nobody()).wanted({ challenge })).toMatchObject({ app: true });
    world.clock.advance(MINUTE);
    expect(await refusalOf(give(challenge, phone.nextCode()))).toBe('unauthenticated');
  });

  it('is over once the password is another one', async () => {
    const challenge = await waitingLogIn(world, alpha);
    const { accounts } = await world.as(alpha);
    const next = 'another lantern otter';
    const session = await accounts.changePassword({ current: testPassword, password: next, confirm: next });
    alpha = { ...alpha, ...(session as unknown as Partial<Person>) };
    expect(await refusalOf(give(challenge, phone.nextCode()))).toBe('unauthenticated');
    const back = { current: next, password: testPassword, confirm: testPassword };
    const again = await (await world.as(alpha)).accounts.changePassword(back);
    alpha = { ...alpha, ...(again as unknown as Partial<Person>) };
  });

  it('is refused when its owner has forbidden forms to take the password meanwhile, or does at that moment', async () => {
    const { users, pendingLogIns, sessions } = world.container.stores;
    const { id = '' } = (await users.findByUsername('alpha')) ?? {};
    const before = (await sessions.listByUser(id)).length;
    const forbid = () => users.setAssistedForbidden(id, world.container.now());
    try {
      const challenge = await waitingLogIn(world, alpha);
      await forbid();
      expect(await refusalOf(give(challenge, phone.nextCode()))).toBe('forbidden');
      expect((await sessions.listByUser(id)).length).toBe(before);
      await users.setAssistedForbidden(id, null);

      const late = await waitingLogIn(world, alpha);
      const { consume } = pendingLogIns;
      vi.spyOn(pendingLogIns, 'consume').mockImplementation(async (pending) => {
        await forbid();
        return consume(pending);
      });
      const begun = await give(late, phone.nextCode());
      expect(begun.outcome).toBe('logged-in');
      expect(await (await world.as(begun)).accounts.me()).toBeNull();
    } finally {
      vi.restoreAllMocks();
      await users.setAssistedForbidden(id, null);
    }
  });

  it('is refused when the password becomes another one at that moment, with a second factor and without', async () => {
    const { sessions } = world.container.stores;
    const { insert } = sessions;
    const plain = await makePerson(world, 'plain');
    for (const person of [alpha, plain]) {
      const { id = '' } = (await world.container.stores.users.findByUsername(person.username)) ?? {};
      const challenge = person === alpha ? await waitingLogIn(world, alpha) : null;
      const changed = { current: testPassword, password: testPassword, confirm: testPassword };
      vi.spyOn(sessions, 'insert').mockImplementationOnce(async (session) => {
        Object.assign(person, await (await world.as(person)).accounts.changePassword(changed));
        await insert(session);
      });
      const late = challenge
        ? give(challenge, phone.nextCode())
        : logIn(world, person.username, testPassword);
      expect(await refusalOf(late)).toBe('unauthenticated');
      const left = await sessions.listByUser(id);
      expect(left.length).toBe(1);
      expect(await (await world.as(person)).accounts.me()).not.toBeNull();
      vi.restoreAllMocks();
    }
  });

  it('is over after five wrong codes', async () => {
    const challenge = await waitingLogIn(world, alpha);
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await refusalOf(give(challenge, wrong(phone.shownCode())))).toBe('invalid-input');
    }
    expect(await refusalOf(give(challenge, phone.nextCode()))).toBe('unauthenticated');
    expect((await eventsOf(alpha)).filter((kind) => kind === 'second-factor-failed').length).toBe(5);
  });

  it('refuses what is no code at all, and an unknown challenge', async () => {
    const challenge = await waitingLogIn(world, alpha);
    for (const code of ['', '      ', '12345', '1234567', 'x'.repeat(61), '٣٣٣٣٣٣', alpha.words.join(' ')]) {
      expect(await refusalOf(give(challenge, code)), code).toBe('invalid-input');
    }
    expect(await refusalOf(give('A'.repeat(43), phone.nextCode()))).toBe('unauthenticated');
    expect(await refusalOf(give('short', phone.shownCode()))).toBe('invalid-input');
  });
});

describe('a sealed log-in with a second factor', () => {
  it('is handed its keys after the code and not before', async () => {
    const { accounts } = await world.as(null);
    const kdf = await accounts.kdf({ username: 'alpha' });
    const proven = await provePassword(world.container.argon2, testPassword, kdf);
    const begun = await accounts.logInSealed({ username: 'alpha', authKey: proven.authKey });
    expect(Object.keys(begun).sort()).toEqual(['challenge', 'expiresAt', 'outcome']);
    if (begun.outcome !== 'second-factor') expect.fail(begun.outcome);
    const { challenge } = begun;
    expect(await (await nobody()).wanted({ challenge })).toMatchObject({ mode: 'sealed' });
    expect(await refusalOf(give(challenge, wrong(phone.shownCode())))).toBe('invalid-input');
    const result = await give(challenge, phone.nextCode());
    if (!('account' in result)) expect.fail(result.outcome);
    const opened = await importAccount(await proven.open(result.account), result.account);
    expect(opened.identity).toBeTruthy();
    expect(await (await world.as(result)).accounts.me()).toMatchObject({ mode: 'sealed', stage: 'full' });
  });

  it('lets the key that the password became change the second factor, with a code', async () => {
    const { accounts, secondFactor } = await world.as(alpha);
    const { authKey } = await provePassword(
      world.container.argon2,
      testPassword,
      await accounts.kdf({ username: 'alpha' }),
    );
    const wrongKey = secondFactor.renewCodes({ proof: { authKey: newMasterKey() }, code: phone.nextCode() });
    expect(await refusalOf(wrongKey)).toBe('invalid-input');
    expect(await refusalOf(secondFactor.renewCodes({ proof: { authKey } }))).toBe('invalid-input');
    const { codes } = await secondFactor.renewCodes({ proof: { authKey }, code: phone.nextCode() });
    phone.codes = codes;
  });
});

describe('a code', () => {
  it('of the app is taken once, for anything', async () => {
    const code = phone.nextCode();
    await give(await waitingLogIn(world, alpha), code);
    expect(await refusalOf(give(await waitingLogIn(world, alpha), code))).toBe('invalid-input');
    expect(await refusalOf((await of(alpha)).renewCodes({ proof, code }))).toBe('invalid-input');
  });

  it('of the app from before the last one is not taken any more', async () => {
    const early = phone.nextCode();
    await give(await waitingLogIn(world, alpha), phone.nextCode());
    expect(await refusalOf(give(await waitingLogIn(world, alpha), early))).toBe('invalid-input');
  });

  it('given twenty times at once lets one in', async () => {
    for (const code of [phone.nextCode(), phone.codes.pop() ?? '']) {
      const challenges = await Promise.all(Array.from({ length: 8 }, () => waitingLogIn(world, alpha)));
      const answers = await Promise.allSettled(challenges.map((challenge) => give(challenge, code)));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('of another person is not taken', async () => {
    const gamma = await makePerson(world, 'gamma');
    const other = await setUpApp(world, gamma);
    for (const code of [other.nextCode(), other.codes[0] ?? '']) {
      expect(await refusalOf(give(await waitingLogIn(world, alpha), code))).toBe('invalid-input');
    }
    // Nothing of theirs was used up by it.
    expect(await give(await waitingLogIn(world, gamma), other.codes[0] ?? '')).toMatchObject({
      outcome: 'logged-in',
    });
  });
});

describe('one-time codes', () => {
  it('let a person in without the phone, each once, however they are typed', async () => {
    expect(phone.codes.length).toBeGreaterThan(6);
    const before = await codesLeft();
    const code = phone.codes.pop() ?? '';
    const typed = `${code.slice(0, 5)} - ${code.slice(5)}`.toLowerCase();
    expect(await give(await waitingLogIn(world, alpha), typed)).toMatchObject({ outcome: 'logged-in' });
    expect(await codesLeft()).toBe((before ?? 0) - 1);
    expect(await refusalOf(give(await waitingLogIn(world, alpha), code))).toBe('invalid-input');
    expect(await eventsOf(alpha)).toContain('code-used');
  });

  it('are used up after ten, and made anew with password and code', async () => {
    const { secondFactor } = await world.as(alpha);
    const { codes } = await secondFactor.renewCodes({ proof, code: phone.nextCode() });
    expect(new Set(codes).size).toBe(10);
    expect(await refusalOf(give(await waitingLogIn(world, alpha), phone.codes[0] ?? ''))).toBe(
      'invalid-input',
    );
    for (const code of codes) {
      expect(await give(await waitingLogIn(world, alpha), code)).toMatchObject({ outcome: 'logged-in' });
    }
    expect(await codesLeft()).toBe(0);
    expect(await (await nobody()).wanted({ challenge: await waitingLogIn(world, alpha) })).toMatchObject({
      codes: false,
    });
    expect(await refusalOf(give(await waitingLogIn(world, alpha), codes[0] ?? ''))).toBe('invalid-input');
    const again = await secondFactor.renewCodes({ proof, code: phone.nextCode() });
    phone.codes = again.codes;
  });
});

describe('a change of the second factor', () => {
  it('needs the password and a code, whatever is changed', async () => {
    const { secondFactor } = await world.as(alpha);
    const bad = { proof: { password: 'not it at all' }, code: phone.nextCode() };
    for (const change of [secondFactor.beginApp, secondFactor.removeApp, secondFactor.renewCodes]) {
      expect(await refusalOf(change(bad))).toBe('invalid-input');
      expect(await refusalOf(change({ proof }))).toBe('invalid-input');
      expect(await refusalOf(change({ proof, code: ' ' }))).toBe('invalid-input');
      expect(await refusalOf(change({ proof, code: wrong(phone.shownCode()) }))).toBe('invalid-input');
    }
    expect(await secondFactor.settings()).toMatchObject({ on: true, codes: { left: 10 } });
  });

  it('to another phone takes effect with a code of the new one, and keeps the one-time codes', async () => {
    const { secondFactor } = await world.as(alpha);
    const old = phone;
    await secondFactor.beginApp({ proof, code: phone.nextCode() });
    expect(await give(await waitingLogIn(world, alpha), old.nextCode())).toMatchObject({
      outcome: 'logged-in',
    });
    expect(await refusalOf(secondFactor.confirmApp({ code: old.nextCode() }))).toBe('invalid-input');
    await secondFactor.cancelApp();
    expect(await secondFactor.pendingApp()).toBeNull();
    expect(await refusalOf(secondFactor.confirmApp({ code: old.nextCode() }))).toBe('conflict');
    expect(await codesLeft()).toBe(10);
  });

  it('is forgotten when it is not confirmed within half an hour', async () => {
    const { secondFactor } = await world.as(beta);
    await secondFactor.beginApp({ proof });
    expect(await secondFactor.pendingApp()).not.toBeNull();
    world.clock.advance(30 * MINUTE);
    expect(await secondFactor.pendingApp()).toBeNull();
    expect(await refusalOf(secondFactor.confirmApp({ code: '123456' }))).toBe('conflict');
    expect(await logIn(world, 'beta')).toBeTruthy();
  });

  it('is told to its owner by mail, without a word of what it is, and in the trail', async () => {
    await world.settle();
    const mails = (await world.mails()).filter(({ to }) => to === alpha.email);
    const told = mails.filter(({ subject }) => /two-step/.test(subject));
    expect(told.length).toBeGreaterThan(0);
    expect(await eventsOf(alpha)).toEqual(expect.arrayContaining(['totp-added', 'codes-renewed']));
  });

  it('that removes the app takes the codes along and asks for nothing any more', async () => {
    const delta = await makePerson(world, 'delta');
    const { codes } = await setUpApp(world, delta);
    const { secondFactor } = await world.as(delta);
    await secondFactor.removeApp({ proof, code: codes[0] });
    expect(await secondFactor.settings()).toMatchObject({ on: false, app: null, codes: null });
    expect(await logIn(world, 'delta')).toBeTruthy();
    expect(await refusalOf(secondFactor.removeApp({ proof, code: codes[1] }))).toBe('not-found');
    expect(await refusalOf(secondFactor.renewCodes({ proof, code: codes[1] }))).toBe('conflict');
  });
});

describe('a forgotten password', () => {
  const reset = 'lanterns and otters';

  async function resetLink(person: Person): Promise<string> {
    await (await world.as(null)).accounts.requestReset({ email: person.email });
    await world.settle();
    const mail = (await world.mails()).filter(({ to }) => to === person.email).at(-1);
    return /\/reset\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? expect.fail('no reset link was mailed');
  }

  it('is not the way round: words and link want a code, too, and cost nothing without', async () => {
    const token = await resetLink(alpha);
    const { accounts } = await world.as(null);
    expect(await accounts.checkReset({ token })).toMatchObject({ asksForCode: true });
    const input = { token, words: alpha.words.join(' '), password: reset, confirm: reset };
    const afresh = { token, password: reset, confirm: reset, understood: true } as const;
    for (const code of [undefined, '', wrong(phone.shownCode()), 'AAAAA-AAAAA']) {
      expect(await refusalOf(accounts.resetPassword({ ...input, code }))).toBe('invalid-input');
      expect(await refusalOf(accounts.resetWithoutRecovery({ ...afresh, code }))).toBe('invalid-input');
    }
    expect(await beginLogIn(world, alpha)).toBeTruthy();
    await accounts.resetPassword({ ...input, code: phone.codes.pop() });
    expect(await beginLogIn(world, { username: 'alpha', password: reset })).toBeTruthy();
  });

  it('wants no code of somebody without a second factor', async () => {
    const token = await resetLink(beta);
    const { accounts } = await world.as(null);
    expect(await accounts.checkReset({ token })).toMatchObject({ asksForCode: false });
  });
});

it('keeps secrets and codes out of logs, jobs and mails, and out of the database in clear', async () => {
  await world.settle();
  expect([phone.text, phone.codes[0]]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  const secrets = [phone.text, ...phone.codes, Buffer.from(phone.secret).toString('latin1')];
  const said = JSON.stringify([world.logLines, world.jobs, await world.mails()]);
  for (const secret of secrets) {
    expect(said).not.toContain(secret);
    expect(await tracesOf(world, secret)).toEqual([]);
  }
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePasswordRecord, makeRecoveryRecord } from '#core/accounts/password-record.ts';
import { importAccount, makeAccount, openWithPhrase, provePassword } from '#core/accounts/sealed-account.ts';
import { deriveRecoveryKeys } from '#core/crypto/index.ts';
import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  logIn,
  makePerson,
  type Person,
  refusalOf,
  testPassword,
  verificationToken,
} from '#tests/support/journey-people.ts';

let world: Installation;
let beta: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  beta = await makePerson(world, 'beta');
});
afterAll(() => world.close());

const nobody = async () => (await world.as(null)).accounts;
const argon2 = () => world.container.argon2;

/** As the browser logs in: nothing but what the password became goes out. */
async function logInSealed(username: string, password = testPassword) {
  const api = await nobody();
  const proven = await provePassword(argon2(), password, await api.kdf({ username }));
  const result = await api.logInSealed({ username, authKey: proven.authKey });
  if (!('account' in result)) throw new Error(`log-in ended with ${result.outcome}`);
  const masterKey = await proven.open(result.account);
  return { ...result, proven, masterKey, api: (await world.as(result)).accounts };
}

async function joinSealed(username: string, changes: object = {}) {
  const api = await nobody();
  const { userId, keyShare, ticket } = await api.beginJoin();
  const made = await makeAccount(argon2(), testPassword, { userId, epoch: 1 }, keyShare);
  const email = `${username}@example.test`;
  const input = { userId, ticket, username, email, ...made.record, ...changes };
  return { ...(await api.joinSealed(input)), ...made, email, input };
}

/** What can be seen of an account without its keys: kinds of values, lengths of bytes, numbers. */
const shapeOf = (account: object | null | undefined) =>
  Object.fromEntries(
    Object.entries(account ?? {}).map(([name, value]) => {
      if (value instanceof Uint8Array) return [name, `bytes: ${value.length}`];
      if (value instanceof Date) return [name, 'date'];
      return [name, typeof value === 'string' ? 'text' : value];
    }),
  );

const phraseKey = async (words: string[]) => (await deriveRecoveryKeys(words)).authKey;

async function settleIn(username: string) {
  const joined = await joinSealed(username);
  const { accounts } = await world.as(joined);
  await accounts.confirmRecoveryPhraseSealed({ authKey: await phraseKey(joined.words) });
  const token = await verificationToken(world, joined.email);
  await (await nobody()).verifyEmail({ token });
  return joined;
}

async function resetToken(email: string): Promise<string> {
  await (await nobody()).requestReset({ email });
  await world.settle();
  const mail = (await world.mails()).filter(({ to }) => to === email).at(-1);
  return /\/reset\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1] ?? '';
}

describe('joining with keys made in the browser', () => {
  it('goes the whole way in, and the account opens with JavaScript and without', async () => {
    const joined = await settleIn('sealed_one');
    const back = await logInSealed('sealed_one');
    expect(back.outcome).toBe('logged-in');
    const keys = await importAccount(back.masterKey, back.account);
    expect(keys.identity.publicKey).toEqual(joined.keys.identity.publicKey);
    expect(await (await world.as(back)).accounts.me()).toMatchObject({ mode: 'sealed', stage: 'full' });
    const assisted = await world.as({ token: await logIn(world, 'sealed_one') });
    expect(await assisted.accounts.me()).toMatchObject({ mode: 'assisted' });
  });

  it('makes the same account as without JavaScript, and tells nobody which way it was', async () => {
    await settleIn('sealed_two');
    await makePerson(world, 'plain_two');
    const [sealed, plain] = await Promise.all(
      ['sealed_two', 'plain_two'].map((name) => world.container.stores.users.findByUsername(name)),
    );
    expect(shapeOf(sealed)).toEqual(shapeOf(plain));
    expect(shapeOf(sealed)).toMatchObject({ wrappedAmk: 'bytes: 61', kdfMemoryKiB: 65_536 });
    for (const username of ['sealed_two', 'plain_two'])
      expect((await logInSealed(username)).outcome).toBe('logged-in');
    for (const username of ['sealed_two', 'plain_two']) await logIn(world, username);
  });

  it('keeps no key in the session: what needs one is refused there', async () => {
    const { token } = await logInSealed('beta');
    const api = await world.as({ token });
    const draft = { draftId: newId(), version: 0, title: 'Not here', body: '' };
    expect(await refusalOf(api.inClear.saveDraft(draft))).toBe('forbidden');
    expect(await api.accounts.recoveryPhrase()).toBe(null);
    const hash = await world.container.serverKeys.hashToken(`session:${token}`);
    const session = await world.container.stores.sessions.findByTokenHash(hash);
    expect(session).toMatchObject({ serverHalf: null, sealedKeys: null, sealedWords: null });
  });

  it('takes a ticket for its own id, in time, once', async () => {
    const joined = await joinSealed('ticket_one');
    const api = await nobody();
    expect(await refusalOf(api.joinSealed({ ...joined.input, username: 'ticket_two' }))).toBe('conflict');
    expect(await refusalOf(joinSealed('ticket_two', { userId: newId() }))).toBe('invalid-input');
    const me = await world.container.stores.users.findByUsername('beta');
    expect(await refusalOf(joinSealed('ticket_two', { userId: me?.id }))).toBe('invalid-input');
    for (const ticket of ['', '1.', `${Date.now() + 1e6}.${'0'.repeat(64)}`])
      expect(await refusalOf(joinSealed('ticket_two', { ticket }))).toBe('invalid-input');
    const late = await api.beginJoin();
    const made = await makeAccount(argon2(), testPassword, { ...late, epoch: 1 }, late.keyShare);
    world.clock.advance(2 * HOUR);
    const input = { ...late, username: 'ticket_two', email: 't@example.test', ...made.record };
    expect(await refusalOf(api.joinSealed(input))).toBe('invalid-input');
    expect(await refusalOf(joinSealed('beta'))).toBe('conflict');
  });

  it('takes no password that costs less work than others', async () => {
    const { record } = await makeAccount(
      argon2(),
      testPassword,
      { userId: newId(), epoch: 1 },
      new Uint8Array(32),
    );
    const weak = { ...record.password, params: { memoryKiB: 19_456, iterations: 2, parallelism: 1 } };
    expect(await refusalOf(joinSealed('weak_one', { password: weak }))).toBe('invalid-input');
  });

  it('gives new words to somebody whose first ones were never confirmed', async () => {
    const joined = await joinSealed('no_words');
    const { accounts } = await world.as(joined);
    expect(await refusalOf(accounts.confirmRecoveryPhraseSealed({ authKey: new Uint8Array(32) }))).toBe(
      'conflict',
    );
    const back = await logInSealed('no_words');
    expect(back.outcome).toBe('words');
    const { words, record } = await makeRecoveryRecord(back.account, back.masterKey);
    const proof = { authKey: back.proven.authKey };
    await back.api.renewRecoveryPhraseSealed({ proof, recovery: record });
    const old = await phraseKey(joined.words);
    expect(
      await refusalOf((await world.as(back)).accounts.confirmRecoveryPhraseSealed({ authKey: old })),
    ).toBe('conflict');
    expect(
      await (await world.as(back)).accounts.confirmRecoveryPhraseSealed({ authKey: await phraseKey(words) }),
    ).toEqual({
      loggedIn: false,
    });
  });
});

describe('logging in by what the password became', () => {
  it('answers an unknown name as a wrong password, with a salt that stays', async () => {
    const api = await nobody();
    const [one, again, other] = await Promise.all(
      ['nobody_here', 'Nobody_Here ', 'somebody_else'].map((username) => api.kdf({ username })),
    );
    expect(one).toEqual(again);
    expect(one?.salt).not.toEqual(other?.salt);
    const known = await api.kdf({ username: 'beta' });
    expect(Object.keys(known)).toEqual(Object.keys(one ?? {}));
    expect(known.params).toEqual(one?.params);
    for (const username of ['beta', 'nobody_here'])
      expect(await refusalOf(api.logInSealed({ username, authKey: new Uint8Array(32) }))).toBe(
        'unauthenticated',
      );
  });

  it('opens nothing with another person’s keys in place of one’s own', async () => {
    const mine = await logInSealed('beta');
    const joined = await joinSealed('other_keys');
    const swapped = { ...mine.account, wrappedAmk: joined.record.password.wrappedAmk };
    await expect(mine.proven.open(swapped)).rejects.toMatchObject({ reason: 'damaged' });
    await expect(mine.proven.open({ ...mine.account, epoch: 2 })).rejects.toMatchObject({
      reason: 'damaged',
    });
  });
});

describe('keys that change in the browser', () => {
  it('a new password needs the old one, ends other sessions, and loses nothing', async () => {
    await settleIn('changer');
    const [here, elsewhere] = [await logInSealed('changer'), await logInSealed('changer')];
    const wrongProof = { proof: { authKey: new Uint8Array(32) } };
    expect(await refusalOf(here.api.openKeys(wrongProof))).toBe('invalid-input');
    const account = await here.api.openKeys({ proof: { authKey: here.proven.authKey } });
    expect(account).toEqual(here.account);
    const record = await makePasswordRecord(
      argon2(),
      'another lantern 9',
      account,
      account.keyShare,
      here.masterKey,
    );
    const wrong = { ...wrongProof, password: record };
    expect(await refusalOf(here.api.changePasswordSealed(wrong))).toBe('invalid-input');
    const right = { proof: { authKey: here.proven.authKey }, password: record };
    expect(await refusalOf(here.api.upgradePasswordSealed(right))).toBe('conflict');
    const renewed = await here.api.changePasswordSealed(right);
    expect(await (await world.as(elsewhere)).accounts.me()).toBe(null);
    expect(await (await world.as(here)).accounts.me()).toBe(null);
    expect(await (await world.as(renewed)).accounts.me()).toMatchObject({ mode: 'sealed' });
    expect((await logInSealed('changer', 'another lantern 9')).masterKey).toEqual(here.masterKey);
    await logIn(world, 'changer', 'another lantern 9');
  });

  it('the words open the master key for a new password; the link works once, the words no more', async () => {
    const joined = await settleIn('forgetful');
    const before = await logInSealed('forgetful');
    const token = await resetToken(joined.email);
    const api = await nobody();
    const wrong = { token, phraseKey: new Uint8Array(32) };
    expect(await refusalOf(api.openReset(wrong))).toBe('invalid-input');
    const mine = { token, phraseKey: await phraseKey(joined.words) };
    const reset = await api.openReset(mine);
    const masterKey = await openWithPhrase(joined.words, reset);
    expect(masterKey).toEqual(before.masterKey);
    const password = await makePasswordRecord(argon2(), 'new lantern 12', reset, reset.keyShare, masterKey);
    const { record, words } = await makeRecoveryRecord(reset, masterKey);
    expect(await refusalOf(api.resetSealed({ ...wrong, password, recovery: record }))).toBe('invalid-input');
    const all = { ...mine, password, recovery: record };
    const outcomes = await Promise.all([refusalOf(api.resetSealed(all)), refusalOf(api.resetSealed(all))]);
    expect(outcomes.filter((outcome) => outcome === 'no refusal')).toHaveLength(1);
    expect(await refusalOf(api.openReset(mine))).toBe('not-found');
    expect(await (await world.as(before)).accounts.me()).toBe(null);
    const back = await logInSealed('forgetful', 'new lantern 12');
    expect(back.outcome).toBe('words');
    await back.api.confirmRecoveryPhraseSealed({ authKey: await phraseKey(words) });
  });

  it('a fresh start makes a new epoch whose share opens nothing of the old one', async () => {
    const joined = await settleIn('afresh');
    const before = await logInSealed('afresh');
    const token = await resetToken(joined.email);
    const api = await nobody();
    const owner = await api.beginResetWithoutRecovery({ token });
    expect(owner.epoch).toBe(2);
    expect(owner.keyShare).not.toEqual(before.account.keyShare);
    const made = await makeAccount(argon2(), 'all is new 77', owner, owner.keyShare);
    const input = { token, understood: true as const, ...made.record };
    const started = await api.resetWithoutRecoverySealed(input);
    expect(await (await world.as(started)).accounts.me()).toMatchObject({ mode: 'sealed', stage: 'joining' });
    expect(await refusalOf(api.resetWithoutRecoverySealed(input))).toBe('not-found');
    expect(await refusalOf(api.beginResetWithoutRecovery({ token }))).toBe('not-found');
    expect((await logInSealed('afresh', 'all is new 77')).masterKey).not.toEqual(before.masterKey);
  });
});

describe('an account that forbids forms to take its password', () => {
  it('is forbidden in a sealed session, ends the others, and is allowed again by its owner', async () => {
    await settleIn('strict_one');
    const assisted = { token: await logIn(world, 'strict_one') };
    const form = (await world.as(assisted)).accounts;
    const typed = { proof: { password: testPassword }, forbidden: true };
    expect(await refusalOf(form.setAssisted(typed))).toBe('conflict');
    const here = await logInSealed('strict_one');
    const proof = { authKey: here.proven.authKey };
    const wrong = { proof: { authKey: new Uint8Array(32) }, forbidden: true };
    expect(await refusalOf(here.api.setAssisted(wrong))).toBe('invalid-input');
    await here.api.setAssisted({ proof, forbidden: true });
    expect(await here.api.assisted()).toEqual({ forbidden: true });
    expect(await (await world.as(assisted)).accounts.me()).toBe(null);
    expect(await refusalOf(logIn(world, 'strict_one'))).toBe('forbidden');
    // Whoever does not know the password is not told.
    expect(await refusalOf(logIn(world, 'strict_one', 'a wrong guess'))).toBe('unauthenticated');
    const token = await resetToken('strict_one@example.test');
    const reset = { token, words: beta.words.join(' '), password: 'a new one 55', confirm: 'a new one 55' };
    expect(await refusalOf((await nobody()).resetPassword(reset))).toBe('forbidden');
    const { accounts, activity } = await world.as(here);
    await accounts.setAssisted({ proof, forbidden: false });
    await logIn(world, 'strict_one');
    const kinds = (await activity.list({})).items.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('assisted-')).sort()).toEqual([
      'assisted-allowed',
      'assisted-forbidden',
    ]);
  });

  it('takes a typed password nowhere, and says so with a link before words are typed', async () => {
    await settleIn('strict_two');
    const here = await logInSealed('strict_two');
    await here.api.setAssisted({ proof: { authKey: here.proven.authKey }, forbidden: true });
    const typed = { current: testPassword, password: 'a new one 55', confirm: 'a new one 55' };
    expect(await refusalOf(here.api.changePassword(typed))).toBe('forbidden');
    const { exports } = await world.as(here);
    expect(await refusalOf(exports.begin({ proof: { password: testPassword } }))).toBe('forbidden');
    const token = await resetToken('strict_two@example.test');
    expect(await (await nobody()).checkReset({ token })).toEqual({
      username: 'strict_two',
      asksForCode: false,
      assistedForbidden: true,
    });
  });

  it('ends a session that was begun in the moment it was forbidden', async () => {
    await settleIn('strict_three');
    const assisted = { token: await logIn(world, 'strict_three') };
    const { users } = world.container.stores;
    const user = await users.findByUsername('strict_three');
    // As a log-in leaves it that was let in before, and wrote its session after.
    await users.setAssistedForbidden(user?.id ?? '', world.container.now());
    expect(await (await world.as(assisted)).accounts.me()).toBe(null);
  });
});

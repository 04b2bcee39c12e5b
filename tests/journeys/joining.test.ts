import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveRecoveryKeys } from '#core/crypto/index.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  confirmTwoWords,
  logIn,
  makePerson,
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

const nobody = () => world.as(null);
const join = async (
  username: string,
  details: { email?: string; password?: string; confirm?: string } = {},
) => {
  const { email = `${username}@example.test`, password = testPassword, confirm = password } = details;
  return (await nobody()).accounts.join({ username, email, password, confirm });
};
const tryLogIn = async (username: string, password = testPassword) =>
  (await nobody()).accounts.logIn({ username, password });
const userOf = async (username: string) => {
  const user = await world.container.stores.users.findByUsername(username);
  if (!user) throw new Error(`nobody is called ${username}`);
  return user;
};

describe('a username', () => {
  it('is one person’s, without regard to case, and an attempt to take it changes nothing', async () => {
    await makePerson(world, 'alpha');
    const before = await userOf('alpha');
    for (const spelling of ['alpha', 'ALPHA', ' Alpha ']) {
      const email = 'other@example.test';
      expect(await refusalOf(join(spelling, { email, password: 'another password' }))).toBe('conflict');
    }
    expect(await userOf('alpha')).toEqual(before);
    expect(await tryLogIn('ALPHA')).toMatchObject({ outcome: 'logged-in' });
    expect(await tryLogIn(' alphA')).toMatchObject({ outcome: 'logged-in' });
  });

  it('goes to exactly one of five people who choose it at the same moment', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, (_, n) => refusalOf(join('wanted', { email: `n${n}@example.test` }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'no refusal')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(4);
  });

  it('gives each account its own id of 96 random bits', async () => {
    const people = ['first', 'second', 'third'];
    await Promise.all(people.map((username) => join(username)));
    const ids = await Promise.all(people.map(async (username) => (await userOf(username)).id));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/);
    // Ids of a clock or a counter would begin alike.
    expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(3);
  });
});

describe('a password', () => {
  it('counts with its capitals and its spaces, at joining and at every log-in', async () => {
    const password = 'Lantern Otter WALTZ ';
    await makePerson(world, 'capitals', { password });
    expect(await tryLogIn('capitals', password)).toMatchObject({ outcome: 'logged-in' });
    for (const wrong of [password.toLowerCase(), password.trim(), password.toUpperCase()]) {
      expect(await refusalOf(tryLogIn('capitals', wrong))).toBe('unauthenticated');
    }
  });

  it('opens the same letters on every device, typed composed or decomposed', async () => {
    await makePerson(world, 'accents', { password: 'Crème brûlée fürs Volk' });
    expect(await tryLogIn('accents', 'Crème brûlée fürs Volk'.normalize('NFD'))).toMatchObject({
      outcome: 'logged-in',
    });
  });

  it('is kept under 16 random bytes of salt: the same one of two people looks different in every part', async () => {
    await Promise.all(['same_one', 'same_two'].map((username) => join(username)));
    const [one, two] = await Promise.all(['same_one', 'same_two'].map(userOf));
    expect([one?.kdfSalt.length, two?.kdfSalt.length]).toEqual([16, 16]);
    for (const part of ['kdfSalt', 'authVerifier', 'wrappedAmk', 'wrappedIdentityKey'] as const) {
      expect(one?.[part]).not.toEqual(two?.[part]);
    }
  });

  it('is refused when it is short, common, the username, or mistyped the second time', async () => {
    for (const password of ['short', 'password123', 'PASSWORD1', 'refused_one']) {
      expect(await refusalOf(join('refused_one', { password }))).toBe('invalid-input');
    }
    expect(await refusalOf(join('refused_one', { confirm: 'something else' }))).toBe('invalid-input');
    expect(await world.container.stores.users.findByUsername('refused_one')).toBeNull();
  });
});

describe('recovery words', () => {
  it('are twelve, of 128 random bits, different for everybody, and never mailed or logged', async () => {
    const people = await Promise.all(['words_a', 'words_b'].map((username) => makePerson(world, username)));
    const [one, two] = people.map(({ words }) => words);
    expect(one).toHaveLength(12);
    expect(one).not.toEqual(two);
    const said = JSON.stringify([await world.mails(), world.logLines, world.jobs]);
    for (const { words } of people) {
      expect(said).not.toContain(words.join(' '));
      // Single words are ordinary English; three in a row are not.
      expect(said).not.toContain(words.slice(0, 3).join(' '));
    }
  });

  it('are asked for before any mail goes out, and a wrong one is named', async () => {
    const joining = await startJoining(world, 'forgetful');
    const answers = [
      { position: 1, word: joining.words[0] ?? '' },
      { position: 12, word: 'wrong' },
    ];
    const attempt = (await world.as(joining)).accounts.confirmRecoveryPhrase({ answers });
    await expect(attempt).rejects.toMatchObject({ cause: { fields: { 'word-12': expect.any(String) } } });
    await world.settle();
    expect((await world.mails()).some(({ to }) => to === 'forgetful@example.test')).toBe(false);
  });

  it('cannot be confirmed with the same word twice', async () => {
    const joining = await startJoining(world, 'lazy');
    const answer = { position: 4, word: joining.words[3] ?? '' };
    const attempt = (await world.as(joining)).accounts.confirmRecoveryPhrase({ answers: [answer, answer] });
    expect(await refusalOf(attempt)).toBe('invalid-input');
  });

  it('never confirmed lead to new words at log-in; the old ones open nothing any more', async () => {
    const joining = await startJoining(world, 'came_back');
    const result = await tryLogIn('came_back');
    if (result.outcome !== 'words') throw new Error(`log-in ended with ${result.outcome}`);
    const again = await world.as(result);
    const words = (await again.accounts.recoveryPhrase()) ?? [];
    expect(words).toHaveLength(12);
    expect(words).not.toEqual(joining.words);
    expect(await opensAccount('came_back', words)).toBe(true);
    expect(await opensAccount('came_back', joining.words)).toBe(false);
    await confirmTwoWords(world, { token: result.token, words });
    await (await nobody()).accounts.verifyEmail({
      token: await verificationToken(world, 'came_back@example.test'),
    });
    await logIn(world, 'came_back');
  });

  it('that were replaced on another device cannot be confirmed on the first', async () => {
    const joining = await startJoining(world, 'two_devices');
    const result = await tryLogIn('two_devices');
    if (result.outcome !== 'words') throw new Error(`log-in ended with ${result.outcome}`);
    const words = (await (await world.as(result)).accounts.recoveryPhrase()) ?? [];
    expect(await refusalOf(confirmTwoWords(world, joining))).toBe('conflict');
    expect((await userOf('two_devices')).recoveryConfirmedAt).toBeNull();
    expect(await (await world.as(joining)).accounts.recoveryPhrase()).toBeNull();
    await confirmTwoWords(world, { token: result.token, words });
    expect((await userOf('two_devices')).recoveryConfirmedAt).not.toBeNull();
  });
});

describe('an e-mail address', () => {
  it('is taken without regard to case', async () => {
    await startJoining(world, 'mixed_case', { email: 'Mixed.Case@Example.TEST' });
    expect((await userOf('mixed_case')).email).toBe('mixed.case@example.test');
  });

  it('that somebody has verified is not disclosed: the answers are alike, and its owner is told by mail', async () => {
    await makePerson(world, 'owner', { email: 'owned@example.test' });
    const fresh = await startJoining(world, 'fresh', { email: 'fresh@example.test' });
    const second = await startJoining(world, 'second_one', { email: 'OWNED@example.test' });
    expect(second.token).toHaveLength(fresh.token.length);
    const whoIs = async ({ token }: { token: string }) => (await world.as({ token })).accounts.me();
    expect(await whoIs(second)).toEqual({
      ...(await whoIs(fresh)),
      username: 'second_one',
      displayName: 'second_one',
    });
    await confirmTwoWords(world, fresh);
    await confirmTwoWords(world, second);
    const shape = { token: expect.any(String), device: expect.any(String), expiresAt: expect.any(Date) };
    for (const name of ['second_one', 'fresh']) {
      expect(await tryLogIn(name)).toEqual({ outcome: 'unverified', ...shape });
    }
    await world.settle();

    const mails = (await world.mails()).filter(({ to }) => to === 'owned@example.test');
    const toOwner = mails.filter(({ subject }) => subject === 'You already have an account');
    expect(toOwner.length).toBeGreaterThan(0);
    expect(toOwner[0]?.text).toContain('owner');
    expect(mails.filter(({ text }) => text.includes('/verify/'))).toHaveLength(1);
    expect((await userOf('second_one')).emailVerifiedAt).toBeNull();
  });

  it('given by two people before either verified it is only the first one’s to verify it', async () => {
    const email = 'race@example.test';
    const [one, two] = [
      await startJoining(world, 'race_one', { email }),
      await startJoining(world, 'race_two', { email }),
    ];
    await confirmTwoWords(world, one);
    const first = await verificationToken(world, email);
    await confirmTwoWords(world, two);
    const second = await verificationToken(world, email);
    expect(first).not.toBe(second);
    const outcomes = await Promise.all(
      [first, second].map(async (token) => refusalOf((await nobody()).accounts.verifyEmail({ token }))),
    );
    expect(outcomes.sort()).toEqual(['no refusal', 'not-found']);
    const people = await Promise.all(['race_one', 'race_two'].map(userOf));
    expect(people.filter(({ emailVerifiedAt }) => emailVerifiedAt !== null)).toHaveLength(1);
  });
});

/** Whether recovery words are the ones that the account would accept. */
async function opensAccount(username: string, words: string[]): Promise<boolean> {
  const { authKey } = await deriveRecoveryKeys(words);
  return world.container.serverKeys.verify(authKey, (await userOf(username)).recoveryVerifier);
}

describe('the last step of joining', () => {
  it('logs in where they joined, once words and address are confirmed, and never before', async () => {
    const joining = await startJoining(world, 'finisher');
    const finish = async (person: { token: string }) => (await world.as(person)).accounts.finishJoining();
    expect(await finish(joining)).toEqual({ loggedIn: false });
    await confirmTwoWords(world, joining);
    expect(await finish(joining)).toEqual({ loggedIn: false });
    const token = await verificationToken(world, 'finisher@example.test');
    await (await nobody()).accounts.verifyEmail({ token });
    const done = await finish(joining);
    if (!done.loggedIn) throw new Error('not logged in');
    const api = await world.as(done);
    expect(await api.accounts.me()).toMatchObject({ username: 'finisher', stage: 'full', mode: 'assisted' });
    expect(await api.letters.inbox({})).toMatchObject({ letters: [] });
    // The session it replaces is over, and the new one has nothing to finish.
    expect(await (await world.as(joining)).accounts.me()).toBeNull();
    expect(await refusalOf(finish(joining))).toBe('unauthenticated');
    expect(await finish(done)).toEqual({ loggedIn: false });
  });

  it('never turns a session that only waits for the address into one without keys', async () => {
    const joining = await startJoining(world, 'waiter');
    await confirmTwoWords(world, joining);
    const waiting = await tryLogIn('waiter');
    if (waiting.outcome !== 'unverified') throw new Error(`log-in ended with ${waiting.outcome}`);
    const api = await world.as(waiting);
    expect(await api.accounts.me()).toMatchObject({ stage: 'waiting' });
    const token = await verificationToken(world, 'waiter@example.test');
    await (await nobody()).accounts.verifyEmail({ token });
    expect(await api.accounts.finishJoining()).toEqual({ loggedIn: false });
  });
});

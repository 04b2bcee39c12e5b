import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { linkHash } from '#server/accounts/claim-link.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  befriend,
  confirmTwoWords,
  logIn,
  makePeople,
  type Person,
  refusalOf,
  startJoining,
} from '#tests/support/journey-people.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
  await befriend(world, alpha, beta);
});
afterAll(() => world.close());

const nobody = async () => (await world.as(null)).accounts;

async function resetToken(email: string): Promise<string> {
  await (await nobody()).requestReset({ email });
  await world.settle();
  const mail = (await world.mails()).filter(({ to }) => to === email).at(-1);
  const token = /\/reset\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no reset link was mailed to ${email}`);
  return token;
}

/** A reset link beside those that were mailed. */
async function anotherLink(username: string): Promise<string> {
  const { container } = world;
  const user = await container.stores.users.findByUsername(username);
  const token = newId().padEnd(43, 'A');
  await container.stores.tokens.insert({
    id: newId(),
    hash: await linkHash(container, 'reset-password', token),
    purpose: 'reset-password',
    userId: user?.id ?? '',
    address: null,
    createdAt: container.now(),
    expiresAt: new Date(container.now().getTime() + MINUTE),
  });
  return token;
}

async function send(from: Person, to: Person, title: string): Promise<string> {
  const letterId = newId();
  await (await world.as(from)).inClear.sendLetter({
    letterId,
    to: to.username,
    title,
    body: `${title}, at length.`,
  });
  await world.settle();
  return letterId;
}

const reset = (token: string, words: string, password: string) =>
  nobody().then((accounts) => accounts.resetPassword({ token, words, password, confirm: password }));

describe('a forgotten password', () => {
  it('is answered alike for an address nobody has, and nothing is mailed to it', async () => {
    const before = (await world.mails()).length;
    expect(await (await nobody()).requestReset({ email: 'unknown@example.test' })).toBeUndefined();
    expect(await (await nobody()).requestReset({ email: alpha.email.toUpperCase() })).toBeUndefined();
    await world.settle();
    const mailed = (await world.mails()).slice(before);
    expect(mailed.map(({ to }) => to)).toEqual([alpha.email]);
  });

  it('is nobody’s to reset before the address was verified', async () => {
    await startJoining(world, 'delta');
    const before = (await world.mails()).length;
    await (await nobody()).requestReset({ email: 'delta@example.test' });
    await world.settle();
    expect((await world.mails()).length).toBe(before);
  });

  it('is replaced with the words, however they are typed; old letters stay readable', async () => {
    const letterId = await send(beta, alpha, 'Before the reset');
    const otherDevice = await logIn(world, 'alpha');
    const another = await resetToken(alpha.email);
    const token = await resetToken(alpha.email);
    // Only the newest link works.
    expect(await refusalOf((await nobody()).checkReset({ token: another }))).toBe('not-found');
    // Two mails that were made at the same moment leave two links that work.
    const asWell = await anotherLink('alpha');
    expect(await (await nobody()).checkReset({ token: asWell })).toMatchObject({ username: 'alpha' });
    const typed = alpha.words.map((word, n) => `${n + 1}. ${word.toUpperCase()}`).join(' -\n');
    const session = await reset(token, typed, 'Capital Letters Matter 7');

    expect((await (await world.as({ token: otherDevice })).accounts.me())?.username).toBeUndefined();
    expect(await refusalOf(logIn(world, 'alpha'))).toBe('unauthenticated');
    for (const spent of [token, another, asWell]) {
      expect(await refusalOf(reset(spent, typed, 'once more by a link from before'))).toBe('not-found');
    }
    const words = await (await world.as(session)).accounts.recoveryPhrase();
    expect(words).toHaveLength(12);
    expect(words).not.toEqual(alpha.words);
    expect(await refusalOf((await world.as(session)).letters.inbox({}))).toBe('unauthenticated');
    const renewed = await confirmTwoWords(world, { token: session.token, words: words ?? [] });
    expect(await (await world.as(session)).accounts.me()).toBeNull();

    const inside = await world.as({ token: renewed });
    expect((await inside.inClear.readLetter({ id: letterId })).content?.title).toBe('Before the reset');
    expect(await refusalOf(logIn(world, 'alpha', 'capital letters matter 7'))).toBe('unauthenticated');
    alpha = { ...alpha, password: 'Capital Letters Matter 7', words: words ?? [], token: renewed };
    await logIn(world, 'alpha', alpha.password);
    const mails = (await world.mails()).filter(({ to }) => to === alpha.email);
    expect(mails.at(-1)?.subject).toBe('Your password was changed');
  });

  it('names a word that is none, and tells words of another account', async () => {
    const token = await resetToken(alpha.email);
    const misspelt = [...alpha.words.slice(0, 11), 'lettre'].join(' ');
    await expect(reset(token, misspelt, 'a fine new password')).rejects.toThrow(/Word 12, “lettre”/);
    await expect(reset(token, beta.words.join(' '), 'a fine new password')).rejects.toThrow(
      /don’t belong to this account/,
    );
    await expect(reset(token, alpha.words.slice(1).join(' '), 'a fine new password')).rejects.toThrow(
      /you entered 11/,
    );
    // Mistakes do not use the link up.
    expect(await (await nobody()).checkReset({ token })).toMatchObject({ asksForCode: false });
  });

  it('cannot be reset by a link that is too old or meant for something else', async () => {
    const token = await resetToken(beta.email);
    expect(await refusalOf((await nobody()).verifyEmail({ token }))).toBe('not-found');
    // As long as its mail says, and no longer.
    expect((await world.mails()).at(-1)?.text).toContain('within 3 hours');
    world.clock.advance(179 * MINUTE);
    expect(await (await nobody()).checkReset({ token })).toMatchObject({ username: 'beta' });
    world.clock.advance(2 * MINUTE);
    expect(await refusalOf(reset(token, beta.words.join(' '), 'a fine new password'))).toBe('not-found');
  });

  it('cannot be reset while the account is locked', async () => {
    const token = await resetToken(beta.email);
    const { users } = world.container.stores;
    const { id = '' } = (await users.findByUsername('beta')) ?? {};
    await users.setLocked(id, new Date());
    const mails = (await world.mails()).length;
    expect(await refusalOf((await nobody()).checkReset({ token }))).toBe('not-found');
    expect(await refusalOf(reset(token, beta.words.join(' '), 'a fine new password'))).toBe('not-found');
    await (await nobody()).requestReset({ email: beta.email });
    await world.settle();
    expect(await world.mails()).toHaveLength(mails);
    await users.setLocked(id, null);
    expect(await (await nobody()).checkReset({ token })).toMatchObject({ username: 'beta' });
  });
});

describe('starting afresh', () => {
  it('keeps the person and their friends; old letters stay sealed, and friends see the new keys', async () => {
    const received = await send(alpha, beta, 'Sealed to the old key');
    const written = await send(beta, alpha, 'Written with the old key');
    await (await world.as(beta)).inClear.readLetter({ id: received });
    // Its link names the old key.
    const invitation = await (await world.as(beta)).invitations.create();
    const token = await resetToken(beta.email);
    const password = 'another quiet password';
    const fresh = { token, understood: true as const, password, confirm: password };
    const session = await (await nobody()).resetWithoutRecovery(fresh);
    expect(await refusalOf((await nobody()).resetWithoutRecovery(fresh))).toBe('not-found');
    const opened = (await world.as(null)).invitations.read({ token: invitation.token });
    expect(await refusalOf(opened)).toBe('not-found');
    const words = (await (await world.as(session)).accounts.recoveryPhrase()) ?? [];
    beta = { ...beta, password, words, token: await confirmTwoWords(world, { token: session.token, words }) };

    const inside = await world.as(beta);
    expect(await inside.inClear.readLetter({ id: received })).toMatchObject({
      seal: 'locked',
      content: null,
    });
    expect(await inside.inClear.readLetter({ id: written })).toMatchObject({ seal: 'locked', content: null });
    const { letters } = await (await world.as(beta)).inClear.inbox();
    expect(letters.find(({ id }) => id === received)).toMatchObject({ title: null });
    // Their friend reads what was written with the old key, and is told of the new one.
    const read = await (await world.as(alpha)).inClear.readLetter({ id: written });
    expect(read).toMatchObject({ seal: 'opened', friendKey: { trust: 'changed' } });
  });

  it('is shown to friends before the next letter is sealed to the new keys', async () => {
    const friends = async () => (await world.as(alpha)).inClear;
    expect(await refusalOf(send(alpha, beta, 'Not yet'))).toBe('conflict');
    const before = await (await friends()).friendKey({ username: 'beta' });
    expect(before.trust).toBe('changed');
    const theirs = await (await world.as(beta)).inClear.friendKey({ username: 'alpha' });
    expect(theirs.safetyNumber).toBe(before.safetyNumber);
    expect(before.safetyNumber).toMatch(/^\d{60}$/);
    await (await friends()).trustKey({ username: 'beta', verified: true });
    expect((await (await friends()).friendKey({ username: 'beta' })).trust).toBe('verified');
    const letterId = await send(alpha, beta, 'Sealed to the new key');
    expect((await (await world.as(beta)).inClear.readLetter({ id: letterId })).content?.title).toBe(
      'Sealed to the new key',
    );
  });
});

describe('changing keys while logged in', () => {
  it('takes the password once more', async () => {
    const { accounts } = await world.as(alpha);
    expect(await refusalOf(accounts.renewRecoveryPhrase({ current: 'wrong' }))).toBe('invalid-input');
    const change = { current: 'wrong', password: 'a fine new password', confirm: 'a fine new password' };
    expect(await refusalOf(accounts.changePassword(change))).toBe('invalid-input');
  });

  it('a new password ends the other devices and keeps this one', async () => {
    const other = await logIn(world, 'alpha', alpha.password);
    const password = 'yet another password';
    const { accounts } = await world.as(alpha);
    const renewed = await accounts.changePassword({ current: alpha.password, password, confirm: password });
    expect(await (await world.as({ token: other })).accounts.me()).toBeNull();
    // A copy of this device's cookie is out, too.
    expect(await (await world.as(alpha)).accounts.me()).toBeNull();
    expect((await (await world.as(renewed)).accounts.me())?.stage).toBe('full');
    alpha = { ...alpha, password, token: renewed.token };
    await logIn(world, 'alpha', password);
  });

  it('new words replace the old ones at once', async () => {
    const old = alpha.words.join(' ');
    await (await world.as(alpha)).accounts.renewRecoveryPhrase({ current: alpha.password });
    const words = (await (await world.as(alpha)).accounts.recoveryPhrase()) ?? [];
    alpha = { ...alpha, words, token: await confirmTwoWords(world, { token: alpha.token, words }) };
    expect(await (await world.as(alpha)).accounts.recoveryPhrase()).toBeNull();
    const token = await resetToken(alpha.email);
    expect(await refusalOf(reset(token, old, 'a fine new password'))).toBe('invalid-input');
    expect(await refusalOf(reset(token, words.join(' '), 'a fine new password'))).toBe('no refusal');
  });
});

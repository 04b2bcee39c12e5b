import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { befriend, codeOf, makePeople, type Person, refusalOf } from '#tests/support/journey-people.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
let gamma: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta, gamma] = (await makePeople(world, 'alpha', 'beta', 'gamma')) as [Person, Person, Person];
  await befriend(world, alpha, beta);
});
afterAll(() => world.close());

const friends = async (person: Person) => (await world.as(person)).friends;

async function send(from: Person, to: Person): Promise<string> {
  const letterId = newId();
  await (await world.as(from)).inClear.sendLetter({
    letterId,
    to: to.username,
    title: 'Are you there',
    body: 'Hello?',
  });
  await world.settle();
  return letterId;
}

describe('blocking', () => {
  it('stops letters and mails without a word to the one who is blocked', async () => {
    await (await friends(alpha)).block({ username: 'beta' });
    const mails = (await world.mails()).length;
    const letterId = await send(beta, alpha);

    const inbox = await (await world.as(alpha)).letters.inbox({});
    expect(inbox.letters.map(({ id }) => id)).not.toContain(letterId);
    expect(await refusalOf((await world.as(alpha)).inClear.readLetter({ id: letterId }))).toBe('not-found');
    expect((await world.mails()).length).toBe(mails);
    // Their friend still stands in their list, and the letter looks delivered.
    expect((await (await friends(beta)).list()).friends.map(({ username }) => username)).toEqual(['alpha']);
    expect(await (await world.as(beta)).inClear.readLetter({ id: letterId })).toMatchObject({
      status: 'delivered',
      deliveredAt: expect.any(Date),
    });
    await world.sweep();
    expect(await refusalOf((await world.as(alpha)).inClear.readLetter({ id: letterId }))).toBe('not-found');
  });

  it('works against the one who blocked, too: nothing is written to somebody blocked', async () => {
    expect(await refusalOf(send(alpha, beta))).toBe('forbidden');
    expect((await (await friends(alpha)).list()).blocked.map(({ username }) => username)).toEqual(['beta']);
  });

  it('outlives the friendship, and hides a new request', async () => {
    await (await friends(beta)).remove({ username: 'alpha' });
    expect(await (await friends(beta)).request({ code: await codeOf(world, alpha) })).toMatchObject({
      state: 'asked',
    });
    expect((await (await friends(alpha)).list()).asking).toEqual([]);
  });

  it('is lifted again', async () => {
    await (await friends(alpha)).unblock({ username: 'beta' });
    expect((await (await friends(alpha)).list()).asking.map(({ username }) => username)).toEqual(['beta']);
    await (await friends(alpha)).accept({ username: 'beta' });
    const letterId = await send(beta, alpha);
    expect((await (await world.as(alpha)).inClear.readLetter({ id: letterId })).content?.body).toBe('Hello?');
  });
});

describe('declining', () => {
  it('looks unanswered to the one who asked, who can ask again after a week', async () => {
    const code = await codeOf(world, alpha);
    await (await friends(gamma)).request({ code });
    await (await friends(alpha)).decline({ username: 'gamma' });
    expect((await (await friends(alpha)).list()).asking).toEqual([]);
    expect((await (await friends(gamma)).list()).asked.map(({ username }) => username)).toEqual(['alpha']);
    expect(await (await friends(gamma)).request({ code })).toMatchObject({ state: 'asked' });
    expect((await (await friends(alpha)).list()).asking).toEqual([]);

    world.clock.advance(8 * DAY);
    expect(await (await friends(gamma)).lookUp({ code })).toMatchObject({ state: 'asked' });
    await (await friends(gamma)).request({ code });
    expect((await (await friends(alpha)).list()).asking.map(({ username }) => username)).toEqual(['gamma']);
  });
});

describe('a friend code', () => {
  it('is replaced; the old one leads nowhere', async () => {
    const old = await codeOf(world, beta);
    const { code } = await (await friends(beta)).renewCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(code).not.toBe(old);
    expect(await refusalOf((await friends(gamma)).lookUp({ code: old }))).toBe('not-found');
    expect(await (await friends(gamma)).lookUp({ code })).toMatchObject({ username: 'beta' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { codeOf, makePeople, type Person, refusalOf, startJoining } from '#tests/support/journey-people.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
let gamma: Person;
beforeAll(async () => {
  // One pair of people does here in seconds what friend codes are limited to in an hour.
  world = await openInstallation({ rateLimits: false });
  [alpha, beta, gamma] = (await makePeople(world, 'alpha', 'beta', 'gamma')) as [Person, Person, Person];
});
afterAll(() => world.close());

const friends = async (person: Person) => (await world.as(person)).friends;
const ask = async (from: Person, to: Person) =>
  (await friends(from)).request({ code: await codeOf(world, to) });
const part = async (one: Person, other: Person) =>
  refusalOf((await friends(one)).remove({ username: other.username }));
const between = async (one: Person, other: Person) => {
  const { friends: accepted, asking, asked } = await (await friends(one)).list();
  const has = (list: { username: string }[]) => list.some(({ username }) => username === other.username);
  return { friends: has(accepted), asksMe: has(asking), asked: has(asked) };
};
const write = async (from: Person, to: string) =>
  refusalOf(
    (await world.as(from)).inClear.sendLetter({ letterId: newId(), to, title: 'A letter', body: 'Words.' }),
  );

describe('becoming friends', () => {
  it('takes the consent of both', async () => {
    expect(await ask(alpha, beta)).toMatchObject({ state: 'asked' });
    expect(await between(alpha, beta)).toEqual({ friends: false, asksMe: false, asked: true });
    expect(await between(beta, alpha)).toEqual({ friends: false, asksMe: true, asked: false });
    expect(await write(alpha, 'beta')).toBe('forbidden');
    expect(await write(beta, 'alpha')).toBe('forbidden');
    await (await friends(beta)).accept({ username: 'alpha' });
    for (const [one, other] of [
      [alpha, beta],
      [beta, alpha],
    ] as const) {
      expect(await between(one, other)).toEqual({ friends: true, asksMe: false, asked: false });
      expect(await write(one, other.username)).toBe('no refusal');
    }
    await part(alpha, beta);
  });

  it('cannot be forced by whoever asked', async () => {
    await ask(alpha, beta);
    expect(await refusalOf((await friends(alpha)).accept({ username: 'beta' }))).toBe('not-found');
    expect(await ask(alpha, beta)).toMatchObject({ state: 'asked' });
    expect(await between(beta, alpha)).toMatchObject({ friends: false, asksMe: true });
    expect(await refusalOf((await friends(gamma)).accept({ username: 'alpha' }))).toBe('not-found');
    await part(alpha, beta);
  });

  it('asks nobody anything when a code is only looked at', async () => {
    const code = await codeOf(world, beta);
    expect(await (await friends(alpha)).lookUp({ code })).toEqual({
      username: 'beta',
      displayName: 'beta',
      state: 'none',
    });
    expect(await between(beta, alpha)).toEqual({ friends: false, asksMe: false, asked: false });
  });

  it('takes a code as people type it', async () => {
    const code = await codeOf(world, beta);
    const typed = ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5).replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(await (await friends(alpha)).lookUp({ code: typed })).toMatchObject({ username: 'beta' });
  });

  it('makes two people who ask each other at the same moment friends, twenty times out of twenty', async () => {
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([ask(alpha, beta), ask(beta, alpha)]);
      expect(await between(alpha, beta)).toEqual({ friends: true, asksMe: false, asked: false });
      expect(await between(beta, alpha)).toEqual({ friends: true, asksMe: false, asked: false });
      expect(await part(alpha, beta)).toBe('no refusal');
    }
  });

  it('makes one request of the same one sent ten times at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => ask(alpha, gamma)));
    expect((await (await friends(gamma)).list()).asking).toHaveLength(1);
    expect(await between(gamma, alpha)).toMatchObject({ friends: false, asksMe: true });
    await part(gamma, alpha);
  });

  it('is refused with one’s own code, an unknown one, and that of somebody who has not verified the address', async () => {
    expect(await refusalOf(ask(alpha, alpha))).toBe('invalid-input');
    expect(await refusalOf((await friends(alpha)).request({ code: '00000-00000' }))).toBe('not-found');
    await startJoining(world, 'delta');
    const delta = await world.container.stores.users.findByUsername('delta');
    const code = delta?.friendCode ?? '';
    expect(await refusalOf((await friends(alpha)).request({ code }))).toBe('not-found');
    expect(await refusalOf((await friends(alpha)).lookUp({ code }))).toBe('not-found');
  });
});

describe('the end of it', () => {
  it('comes when a request is declined: the one who asked may not write, and may ask again', async () => {
    await ask(alpha, beta);
    expect(await part(beta, alpha)).toBe('no refusal');
    expect(await write(alpha, 'beta')).toBe('forbidden');
    expect(await ask(alpha, beta)).toMatchObject({ state: 'asked' });
    await part(beta, alpha);
  });

  it('comes when a friend is removed: neither may write, and both keep their letters', async () => {
    await ask(alpha, beta);
    await (await friends(beta)).accept({ username: 'alpha' });
    const letterId = newId();
    await (await world.as(alpha)).inClear.sendLetter({
      letterId,
      to: 'beta',
      title: 'Before the end',
      body: 'Kept.',
    });
    await world.settle();
    await part(beta, alpha);
    expect(await write(alpha, 'beta')).toBe('forbidden');
    expect(await write(beta, 'alpha')).toBe('forbidden');
    for (const person of [alpha, beta]) {
      expect((await (await world.as(person)).inClear.readLetter({ id: letterId })).content?.body).toBe(
        'Kept.',
      );
    }
    expect(await part(beta, alpha)).toBe('not-found');
  });

  it('is not undone by an accept that comes too late', async () => {
    await ask(alpha, beta);
    await part(alpha, beta);
    expect(await refusalOf((await friends(beta)).accept({ username: 'alpha' }))).toBe('not-found');
    expect(await between(alpha, beta)).toEqual({ friends: false, asksMe: false, asked: false });
  });
});

describe('who may be written to', () => {
  it('is a friend, whatever the form says; a stranger and a name nobody has get the same answer', async () => {
    const answer = async (to: string) => {
      const letter = { letterId: newId(), to, title: 'A letter', body: 'Words.' };
      return (await world.as(alpha)).inClear.sendLetter(letter).then(
        () => 'sent',
        (error: Error) => error.message,
      );
    };
    const toStranger = await answer('gamma');
    expect(toStranger).toMatch(/only write to friends/);
    expect(await answer('nobody_here')).toBe(toStranger);
    expect(await answer('alpha')).toBe(toStranger);
    expect((await (await world.as(gamma)).letters.inbox({})).letters).toEqual([]);
  });

  it('is looked up when the letter is sent, not when the form was opened', async () => {
    await ask(alpha, gamma);
    await (await friends(gamma)).accept({ username: 'alpha' });
    const draftId = newId();
    const words = { to: 'gamma', title: 'A letter', body: 'Words.' };
    await (await world.as(alpha)).inClear.saveDraft({ draftId, version: 0, ...words });
    await part(gamma, alpha);
    expect(await refusalOf((await world.as(alpha)).inClear.sendLetter({ letterId: draftId, ...words }))).toBe(
      'forbidden',
    );
    expect(await (await world.as(alpha)).inClear.openDraft({ id: draftId })).toMatchObject(words);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';

import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Installation, openInstallation, type TestCaller } from '#tests/support/installation.ts';
import { befriend, codeOf, logIn, makePeople, type Person } from '#tests/support/journey-people.ts';

/** Who was declined or blocked sees what anybody sees who waits for an answer or for a letter to be opened. */

let world: Installation;
let alpha: Person;
let open: Person;
let declined: Person;
let quiet: Person;
let blocked: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  const people = await makePeople(world, 'alpha', 'opener', 'denied', 'quieter', 'barred_');
  [alpha, open, declined, quiet, blocked] = people as [Person, Person, Person, Person, Person];
});
afterAll(() => world.close());

/** What a call answers, or what it says when it is refused; without what belongs to the asker alone. */
async function told(person: Person, ask: (api: TestCaller) => Promise<unknown>): Promise<string> {
  const answer = await ask(await world.as(person)).catch((error: Error) => ({ refused: error.message }));
  const text = JSON.stringify(answer ?? 'done', (_, value) =>
    value instanceof Uint8Array ? 'bytes' : value,
  );
  return text.replaceAll(person.username, 'ME');
}

/** Each question in turn has the same answer for both. */
async function expectAlike(
  one: Person,
  other: Person,
  questions: ((api: TestCaller) => Promise<unknown>)[],
): Promise<string[]> {
  const answers: string[] = [];
  for (const ask of questions) {
    const [first, second] = [await told(one, ask), await told(other, ask)];
    expect(second).toBe(first);
    countRepelled();
    answers.push(first);
  }
  return answers;
}

describe('a request that was declined', () => {
  it('is taken back, and made once more, like one that is open', async () => {
    const code = await codeOf(world, alpha);
    world.clock.freeze();
    for (const person of [open, declined]) await (await world.as(person)).friends.request({ code });
    world.clock.release();
    world.clock.advance(MINUTE);
    await (await world.as(alpha)).friends.decline({ username: declined.username });
    world.clock.freeze();
    const name = { username: 'alpha' };
    const waiting = [
      (api: TestCaller) => api.friends.list(),
      (api: TestCaller) => api.friends.lookUp({ code }),
      (api: TestCaller) => api.friends.keys(name),
      (api: TestCaller) => api.friends.accept(name),
      (api: TestCaller) => api.friends.decline(name),
    ];
    await expectAlike(open, declined, waiting);
    world.clock.advance(8 * DAY);
    await expectAlike(open, declined, waiting);
    const [, , , , , , again] = await expectAlike(open, declined, [
      (api) => api.friends.remove(name),
      (api) => api.friends.list(),
      (api) => api.friends.remove(name),
      (api) => api.friends.block(name),
      (api) => api.friends.unblock(name),
      (api) => api.friends.lookUp({ code }),
      (api) => api.friends.request({ code }),
      (api) => api.friends.list(),
    ]);
    expect(again).toContain('asked');
    world.clock.release();
  });

  it('does not come back to whoever declined it, within a week', async () => {
    const { friends } = await world.as(alpha);
    await friends.decline({ username: declined.username });
    const code = await codeOf(world, alpha);
    const asker = (await world.as(declined)).friends;
    for (let times = 0; times < 3; times += 1) {
      await asker.remove({ username: 'alpha' });
      expect(await asker.request({ code })).toMatchObject({ state: 'asked' });
    }
    const asking = (await (await world.as(alpha)).friends.list()).asking.map(({ username }) => username);
    expect(asking).toEqual([open.username]);
    countRepelled(3);
    world.clock.advance(8 * DAY);
    await (await world.as(declined)).friends.request({ code });
    expect((await (await world.as(alpha)).friends.list()).asking).toHaveLength(2);
  });
});

describe('a letter to somebody who has blocked its author', () => {
  it('looks delivered, at its time, and as unopened as any other', async () => {
    // The days that have passed have ended every log-in.
    for (const person of [alpha, quiet, blocked]) person.token = await logIn(world, person.username);
    for (const person of [quiet, blocked]) await befriend(world, person, alpha);
    await (await world.as(alpha)).friends.block({ username: blocked.username });
    world.clock.freeze();
    const ids = new Map<Person, string>();
    for (const person of [quiet, blocked]) {
      const letterId = newId();
      ids.set(person, letterId);
      const words = { to: 'alpha', title: 'Hello', body: 'Are you there?' };
      await (await world.as(person)).inClear.sendLetter({ letterId, ...words });
    }
    await world.settle();
    const lately = (text: string) => text.replace(/"(since|stampSeed|updatedAt)":"[^"]*"/g, '');
    const idOf = (person: Person) => ids.get(person) ?? '';
    for (const ask of [
      (api: TestCaller) => api.letters.sent({}),
      (api: TestCaller) => api.friends.list(),
      (api: TestCaller) => api.letters.countNew(),
    ]) {
      const answers = await Promise.all(
        [quiet, blocked].map(async (person) =>
          lately(await told(person, ask)).replaceAll(idOf(person), 'ID'),
        ),
      );
      expect(answers[1]).toBe(answers[0]);
      countRepelled();
    }
    const read = await Promise.all(
      [quiet, blocked].map(async (person) => {
        const { status, deliveredAt, readAt } = await (await world.as(person)).inClear.readLetter({
          id: idOf(person),
        });
        return { status, deliveredAt, readAt };
      }),
    );
    expect(read[0]).toMatchObject({ status: 'delivered', deliveredAt: expect.any(Date), readAt: null });
    expect(read[1]).toEqual(read[0]);
    countRepelled();
    const inbox = (await (await world.as(alpha)).letters.inbox({})).letters.map(({ id }) => id);
    expect(inbox).toEqual([idOf(quiet)]);
    world.clock.release();
  });
});

describe('the names there are', () => {
  beforeAll(async () => {
    open.token = await logIn(world, open.username);
  });

  it('are not told by a draft to one of them', async () => {
    const save = async (to: string) => {
      const api = await world.as(open);
      const draftId = newId();
      await api.inClear.saveDraft({ draftId, version: 0, to, title: 'x', body: 'y' });
      const sealed = await api.drafts.get({ id: draftId });
      const { payload, sealedKey } = sealed;
      const next = { draftId, version: 1, to, photos: [], payload, sealedKey, stampIdea: null };
      const saved = await api.drafts.save(next).then(({ version }) => version);
      return { first: sealed.to, second: (await api.drafts.get({ id: draftId })).to, saved };
    };
    expect(await save('denied')).toEqual(await save('nobody_here'));
    expect(await save('denied')).toMatchObject({ first: null, second: null });
    countRepelled(2);
  });

  it('are not told by what is asked of them', async () => {
    for (const call of [
      (api: TestCaller, username: string) => api.friends.remove({ username }),
      (api: TestCaller, username: string) => api.friends.block({ username }),
      (api: TestCaller, username: string) => api.friends.unblock({ username }),
      (api: TestCaller, username: string) => api.friends.accept({ username }),
      (api: TestCaller, username: string) => api.friends.decline({ username }),
      (api: TestCaller, username: string) => api.inClear.friendKey({ username }),
      (api: TestCaller, username: string) => api.friends.keys({ username }),
      (api: TestCaller, username: string) => api.inClear.trustKey({ username, verified: true }),
      (api: TestCaller, to: string) =>
        api.inClear.sendLetter({ letterId: newId(), to, title: 'x', body: 'y' }),
    ]) {
      const known = await told(open, (api) => call(api, 'denied'));
      expect(await told(open, (api) => call(api, 'nobody_here'))).toBe(known);
      countRepelled();
    }
  });
});

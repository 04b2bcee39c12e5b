import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { demoLetters } from '#server/demo/demo-letters.ts';
import { seedDemo } from '#server/demo/seed-demo.ts';
import type { Deps } from '#server/deps.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn } from '#tests/support/journey-people.ts';

let world: Installation;
afterEach(() => world.close());

const demoPassword = 'test1234';
const countOf = async () => {
  const { users, friendships, letters, photos, drafts, sessions } = world.container.db.orm;
  const all = await Promise.all([
    users.all(),
    friendships.all(),
    letters.all(),
    photos.all(),
    drafts.all(),
    sessions.all(),
  ]);
  const [people, pairs, sent, pictures, unfinished, open] = all.map((rows) => rows.length);
  return { people, pairs, sent, pictures, unfinished, open };
};
const complete = {
  people: 2,
  pairs: 1,
  sent: demoLetters.length,
  pictures: demoLetters.flatMap(({ photos }) => photos).length,
  unfinished: 0,
  open: 0,
};

describe('the demo friends', () => {
  it('are friends with letters and photos both ways, and can log in', async () => {
    world = await openInstallation();
    await seedDemo(world.container);
    expect(await countOf()).toEqual(complete);
    for (const [name, friend] of [
      ['alpha', 'beta'],
      ['beta', 'alpha'],
    ] as const) {
      const person = { token: await logIn(world, name, demoPassword) };
      const caller = await world.as(person);
      expect((await caller.friends.list()).friends).toMatchObject([{ username: friend }]);
      const { letters } = await caller.letters.inbox({});
      expect(letters).toHaveLength(demoLetters.filter(({ from }) => from === friend).length);
      let photos = 0;
      for (const { id } of letters) {
        const { content } = await (await world.as(person)).inClear.readLetter({ id });
        expect(content?.body.length).toBeGreaterThan(50);
        for (const [n] of (content?.photos ?? []).entries()) {
          expect((await (await world.as(person)).inClear.photo({ id, n })).bytes.length).toBeGreaterThan(
            1000,
          );
          photos += 1;
        }
      }
      expect(photos).toBeGreaterThan(0);
    }
    // Nobody is mailed about letters they know of.
    await world.settle();
    world.clock.advance(11_000);
    await world.sweep();
    expect(await world.mails()).toEqual([]);
  });

  it('are made once, however often the server starts, and are left as people have changed them', async () => {
    world = await openInstallation();
    await seedDemo(world.container);
    const alpha = { token: await logIn(world, 'alpha', demoPassword) };
    await (await world.as(alpha)).friends.remove({ username: 'beta' });
    await seedDemo(world.container);
    expect(await countOf()).toEqual({ ...complete, pairs: 0, open: 1 });
    world = await world.crash();
    await seedDemo(world.container);
    expect(await countOf()).toEqual({ ...complete, pairs: 0, open: 1 });
  });

  it('are completed after a start that was cut short, wherever that was', async () => {
    world = await openInstallation();
    // Each round the start is cut off a little later; the next one goes on from what is there.
    for (let steps = 3; ; steps += 9) {
      const outcome = await seedDemo(cutShort(world.container, steps)).then(
        () => 'done',
        (error: Error) => error.message,
      );
      if (outcome === 'done') break;
      // Procedures say nothing of what is inside.
      expect(outcome).toMatch(/the power went|Something broke on our side|was not sent/);
    }
    expect({ ...(await countOf()), pictures: complete.pictures }).toEqual({
      ...complete,
      open: (await countOf()).open,
    });
    // A letter that was cut off between sending and delivering is the sweeper's to deliver, as anybody's.
    world.clock.advance(MINUTE);
    await world.sweep();
    await world.settle();
    const beta = { token: await logIn(world, 'beta', demoPassword) };
    const { letters } = await (await world.as(beta)).letters.inbox({});
    expect(letters).toHaveLength(demoLetters.filter(({ from }) => from === 'alpha').length);
    for (const { id } of letters) {
      expect((await (await world.as(beta)).inClear.readLetter({ id })).content).not.toBeNull();
    }
  });
});

/** The same services over stores that break after so many calls, as if the process had died there. */
function cutShort(deps: Deps, steps: number): Deps {
  let left = steps;
  const breakable = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const method = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          if (left <= 0) throw new Error('the power went');
          left -= 1;
          return Reflect.apply(method, target, args);
        };
      },
    });
  const stores = Object.fromEntries(
    Object.entries(deps.stores).map(([name, store]) => [name, breakable(store)]),
  ) as unknown as Deps['stores'];
  return { ...deps, stores };
}

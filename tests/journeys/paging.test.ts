import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makeFriends, type Person, readAllPages } from '#tests/support/journey-people.ts';

const COUNT = 47;

let world: Installation;
let alpha: Person;
let beta: Person;
let ids: string[];

/** Sent and delivered in one and the same millisecond, so that only the id orders them. */
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  ({ alpha, beta } = await makeFriends(world));
  world.clock.freeze();
  ids = Array.from({ length: COUNT }, newId);
  await Promise.all(ids.map((letterId) => send(letterId)));
  await world.settle();
  world.clock.release();
});
afterAll(() => world.close());

async function send(letterId: string): Promise<void> {
  const letters = (await world.as(alpha)).inClear;
  await letters.sendLetter({ letterId, to: 'beta', title: `Letter ${letterId}`, body: 'Words.' });
}

const pageOf = (person: Person, box: 'inbox' | 'sent') => async (cursor: string | undefined) => {
  const { letters, nextCursor } = await (await world.as(person)).letters[box]({ cursor });
  return { items: letters, nextCursor };
};

describe('the pages of the inbox and of what was sent', () => {
  it.each(['inbox', 'sent'] as const)(
    'show every letter of %s once, although all have the same time',
    async (box) => {
      const { items, sizes } = await readAllPages(pageOf(box === 'inbox' ? beta : alpha, box));
      expect(sizes).toEqual([20, 20, 7]);
      expect(items.map(({ id }) => id).sort()).toEqual([...ids].sort());
    },
  );

  it('leave out and repeat nothing while new letters arrive between two pages', async () => {
    const page = pageOf(beta, 'inbox');
    const first = await page(undefined);
    const newcomers = Array.from({ length: 5 }, newId);
    for (const letterId of newcomers) await send(letterId);
    await world.settle();
    const second = await page(first.nextCursor ?? undefined);
    await send(newcomers[0] ?? '');
    const third = await page(second.nextCursor ?? undefined);
    const seen = [...first.items, ...second.items, ...third.items].map(({ id }) => id);
    expect(third.nextCursor).toBeNull();
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen.sort()).toEqual([...ids].sort());
    const fresh = await page(undefined);
    expect(fresh.items.slice(0, 5).map(({ id }) => id)).toEqual([...newcomers].reverse());
    ids.push(...newcomers);
  });

  it('are newest first, and go on correctly when letters are read between two pages', async () => {
    const page = pageOf(beta, 'inbox');
    const first = await page(undefined);
    await (await world.as(beta)).inClear.readLetter({ id: first.items[3]?.id ?? '' });
    await (await world.as(beta)).inClear.readLetter({ id: ids[0] ?? '' });
    const { items } = await readAllPages(page);
    expect(items.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const times = items.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('begin at the start for a cursor that nobody made', async () => {
    const page = pageOf(beta, 'inbox');
    const start = (await page(undefined)).items.map(({ id }) => id);
    for (const cursor of ['', 'x', 'AAAA', '%00', '..', 'MTc5OTk5.e30', 'LTEuZmZmZmZm']) {
      expect((await page(cursor)).items.map(({ id }) => id)).toEqual(start);
    }
  });

  it('count closed envelopes up to what is shown', async () => {
    expect(await (await world.as(beta)).letters.countNew()).toBe(ids.length - 2);
  });
});

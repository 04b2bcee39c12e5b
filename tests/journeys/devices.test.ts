import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '#core/durations.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { logIn, makePeople, type Person, refusalOf } from '#tests/support/journey-people.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
});
afterAll(() => world.close());

const of = async (who: { token: string }, from?: string) => (await world.as(who, from)).devices;
const elsewhere = async () => ({ token: await logIn(world, 'alpha') });
const isIn = async (who: { token: string }) => (await (await world.as(who)).accounts.me()) !== null;

beforeEach(async () => {
  await (await of(alpha)).endOthers();
});

describe('the devices of a person', () => {
  it('are listed with this one first, when and whence they were seen, and how they open letters', async () => {
    const other = await elsewhere();
    world.clock.advance(2 * HOUR);
    await (await world.as(other, '203.0.113.77')).accounts.me();
    const devices = await (await of(alpha, '2001:db8::5')).list();
    expect(devices).toEqual([
      {
        id: expect.any(String),
        name: 'A program',
        address: '2001:db8:…',
        loggedInAt: expect.any(Date),
        lastSeenAt: expect.any(Date),
        mode: 'assisted',
        current: true,
      },
      expect.objectContaining({ address: '203.0.x.x', current: false }),
    ]);
    const [, seen] = devices;
    expect(seen && seen.lastSeenAt.getTime() - seen.loggedInAt.getTime()).toBeGreaterThanOrEqual(2 * HOUR);
    expect(JSON.stringify(devices)).not.toMatch(/113\.77|A test|Hash|sealed[KW]/);
  });

  it('are out at once when they are ended: one, or all others', async () => {
    const [one, two, three] = [await elsewhere(), await elsewhere(), await elsewhere()];
    const own = (await (await of(one)).list()).find(({ current }) => current);
    await (await of(alpha)).end({ id: own?.id ?? '' });
    expect([await isIn(one), await isIn(two), await isIn(three), await isIn(alpha)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(await refusalOf((await of(one)).list())).toBe('unauthenticated');
    expect(await (await of(alpha)).endOthers()).toMatchObject({ ended: 2 });
    expect([await isIn(two), await isIn(three), await isIn(alpha)]).toEqual([false, false, true]);
    expect(await (await of(alpha)).list()).toHaveLength(1);
  });

  it('are nobody else’s to end, and ending twice or what never was changes nothing', async () => {
    const [mine] = await (await of(alpha)).list();
    const id = mine?.id ?? '';
    await (await of(beta)).end({ id });
    await (await of(beta)).endOthers();
    expect(await isIn(alpha)).toBe(true);
    await (await of(alpha)).end({ id: '0'.repeat(24) });
    expect(await refusalOf((await of(alpha)).end({ id: 'x' }))).toBe('invalid-input');
    expect(await refusalOf((await of(alpha)).end({ id: { $ne: '' } as never }))).toBe('invalid-input');
    expect(await isIn(alpha)).toBe(true);
  });

  it('leave out those that have expired', async () => {
    await elsewhere();
    for (let days = 0; days < 20; days += 5) {
      world.clock.advance(5 * 24 * HOUR);
      await (await of(alpha)).list();
    }
    expect((await (await of(alpha)).list()).map(({ current }) => current)).toEqual([true]);
  });
});

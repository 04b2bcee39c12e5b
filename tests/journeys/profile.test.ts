import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { befriend, makePeople, type Person } from '#tests/support/journey-people.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta] = (await makePeople(world, 'alpha', 'beta')) as [Person, Person];
  await befriend(world, alpha, beta);
});
afterAll(() => world.close());

const plain = { displayName: 'Ælphá 👩‍🚀', timeZone: 'Asia/Tokyo', locale: 'sv-SE' } as const;
const save = async (changed: object) => (await world.as(alpha)).profile.save({ ...plain, ...changed });

describe('a profile', () => {
  it('is what was saved, for the person and, as to the name, for friends', async () => {
    expect(await (await world.as(alpha)).profile.read()).toEqual({
      username: 'alpha',
      displayName: 'alpha',
      emailAddress: alpha.email,
      mobile: null,
      timeZone: null,
      locale: 'en-GB',
    });
    await save({});
    expect(await (await world.as(alpha)).profile.read()).toMatchObject(plain);
    expect(await (await world.as(alpha)).accounts.me()).toMatchObject({
      displayName: plain.displayName,
      timeZone: 'Asia/Tokyo',
      locale: 'sv-SE',
    });
    const { friends } = await (await world.as(beta)).friends.list();
    expect(friends).toMatchObject([{ username: 'alpha', displayName: plain.displayName }]);
    expect(JSON.stringify(friends)).not.toContain('Tokyo');
  });

  it('has the username for a name when none is given, and no zone when none is chosen', async () => {
    await save({ displayName: '  ', timeZone: '' });
    expect(await (await world.as(alpha)).profile.read()).toMatchObject({
      displayName: 'alpha',
      timeZone: null,
    });
  });

  it.each([
    'beta',
    'BETA',
    'Béta',
    '\u0412eta',
    'b\u0435t\u0430',
    '\u{1d41b}\u{1d41e}\u{1d42d}\u{1d41a}',
    ' beta ',
  ])('refuses %s as a display name, which looks like a friend’s username', async (displayName) => {
    await save({});
    await expect(save({ displayName })).rejects.toMatchObject({
      cause: { code: 'invalid-input', fields: { displayName: expect.stringContaining('beta') } },
    });
    expect(await (await world.as(alpha)).profile.read()).toMatchObject(plain);
  });

  it('does not tell by a refusal who else is here, and shows nobody a friend under the username of another', async () => {
    const [mallory, stranger] = (await makePeople(world, 'mallory', 'stranger')) as [Person, Person];
    await befriend(world, mallory, beta);
    const call = async (displayName: string) =>
      (await world.as(mallory)).profile.save({ ...plain, displayName });
    await call(stranger.username);
    await call('nobody_here');
    await call('\u0391lpha');
    const { friends } = await (await world.as(beta)).friends.list();
    const names = friends.map(({ username, displayName }) => [username, displayName]);
    expect(names).toContainEqual(['mallory', 'mallory']);
    expect(names).toContainEqual(['alpha', plain.displayName]);
  });

  it.each([
    ['displayName', 'x'.repeat(61)],
    ['displayName', 'alpha\nbeta'],
    ['displayName', 'alpha\u202Eateb'],
    ['displayName', '\u200b\u200d'],
    ['displayName', { $gt: '' }],
    ['timeZone', 'Middle/Earth'],
    ['timeZone', 'x'.repeat(65)],
    ['locale', 'xx-XX'],
    ['locale', ['sv-SE']],
  ])('refuses a %s like %j, and stays as it was', async (field, value) => {
    await save({});
    await expect(save({ [field]: value })).rejects.toMatchObject({
      cause: { code: 'invalid-input', fields: { [field]: expect.any(String) } },
    });
    expect(await (await world.as(alpha)).profile.read()).toMatchObject(plain);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyFingerprint } from '#core/crypto/index.ts';
import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makePerson, type Person, refusalOf } from '#tests/support/journey-people.ts';
import { enter } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let mia: Person;
let sam: Person;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  [mia, sam] = await Promise.all([makePerson(world, 'mia'), makePerson(world, 'sam')]);
});
afterAll(() => world.close());

let made = 0;
const someone = () => {
  made += 1;
  return makePerson(world, `someone_${made}`);
};
const invitations = async (person: Person) => (await world.as(person)).invitations;
const friends = async (person: Person) => (await world.as(person)).friends;
const invite = async (person = mia) => (await (await invitations(person)).create()).token;
const accept = async (person: Person, token: string) =>
  refusalOf((await invitations(person)).accept({ token }));
const areFriends = async (one: Person, other: Person) =>
  (await (await friends(one)).list()).friends.some(({ username }) => username === other.username);
const stateOf = async (person: Person, token: string) =>
  (await (await invitations(person)).open({ token })).state;
const visitorOf = (person: Person): Visitor => {
  const visitor = createVisitor(world.url);
  visitor.cookies.set('bff', person.token);
  return visitor;
};
const seen = (html: string) =>
  html
    .replace(/<script\b.*?<\/script>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('a one-time invitation', () => {
  it('makes two people friends at once, both ways, and is told to who made it', async () => {
    const token = await invite();
    const nobody = (await world.as(null)).invitations;
    expect(await nobody.read({ token })).toEqual({ displayName: 'mia' });
    const opened = await (await invitations(sam)).open({ token });
    const stored = await world.container.stores.users.findByUsername('mia');
    expect(opened).toMatchObject({ username: 'mia', state: 'none', publicKey: stored?.identityPublicKey });
    expect(await areFriends(sam, mia)).toBe(false);
    expect(await accept(sam, token)).toBe('no refusal');
    expect([await areFriends(sam, mia), await areFriends(mia, sam)]).toEqual([true, true]);
    await world.settle();
    const mails = (await world.mails()).filter(({ to }) => to === mia.email);
    expect(mails.at(-1)?.subject).toBe('sam accepted your invitation');
    expect((await (await friends(mia)).news()).accepted).toEqual([
      { username: 'sam', displayName: 'sam', invited: true },
    ]);
    expect(seen((await visitorOf(mia).get('/inbox')).text)).toContain('sam accepted your invitation.');
    expect((await (await friends(sam)).news()).accepted).toEqual([]);
  });

  it('is claimed by one of several at once; the others are told, and repeating changes nothing', async () => {
    const people = await Promise.all([someone(), someone(), someone(), someone()]);
    const token = await invite();
    const twice = [...people, ...people];
    const outcomes = await Promise.all(twice.map((person) => accept(person, token)));
    const winners = people.filter((_, n) => outcomes[n] === 'no refusal');
    expect(winners).toHaveLength(1);
    const [winner] = winners as [Person];
    expect(outcomes.filter((outcome) => outcome === 'no refusal')).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(6);
    for (const person of people) expect(await areFriends(mia, person)).toBe(person === winner);
    expect(await stateOf(winner, token)).toBe('friends');
    // Who was removed doesn't come back by it.
    await (await friends(mia)).remove({ username: winner.username });
    expect(await accept(winner, token)).toBe('conflict');
    expect(await areFriends(mia, winner)).toBe(false);
    expect(await refusalOf((await world.as(null)).invitations.read({ token }))).toBe('conflict');
  });

  it('is finished by who had claimed it when something failed in between', async () => {
    const [lea, other, token] = [await someone(), await someone(), await invite()];
    const { friendships } = world.container.stores;
    const { befriend } = friendships;
    friendships.befriend = async () => {
      throw new Error('the database is away');
    };
    await expect((await invitations(lea)).accept({ token })).rejects.toThrow();
    friendships.befriend = befriend;
    expect(await accept(other, token)).toBe('conflict');
    expect(await accept(lea, token)).toBe('no refusal');
    expect(await areFriends(lea, mia)).toBe(true);
  });

  it('ends when it is revoked, by its maker alone', async () => {
    const [stranger, token] = [await someone(), await invite()];
    const [{ id = '' } = {}] = await (await invitations(mia)).list();
    expect(await refusalOf((await invitations(stranger)).revoke({ id }))).toBe('not-found');
    expect(await (await invitations(stranger)).list()).toEqual([]);
    await (await invitations(mia)).revoke({ id });
    expect(await refusalOf((await invitations(mia)).revoke({ id }))).toBe('not-found');
    expect(await accept(stranger, token)).toBe('not-found');
    const page = await visitorOf(stranger).get(`/friends/join/${token}`);
    expect([page.status, seen(page.text)]).toEqual([404, expect.stringContaining('no longer works')]);
  });

  it('is revoked or accepted, never both', async () => {
    for (let n = 0; n < 5; n += 1) {
      const [person, token] = [await someone(), await invite()];
      const [{ id = '' } = {}] = await (await invitations(mia)).list();
      const [accepted, revoked] = await Promise.all([
        accept(person, token),
        refusalOf((await invitations(mia)).revoke({ id })),
      ]);
      expect([accepted, revoked].filter((outcome) => outcome === 'no refusal')).toHaveLength(1);
      expect(await areFriends(mia, person)).toBe(accepted === 'no refusal');
    }
  });

  it('is no use to its maker, and none is needed between friends', async () => {
    const token = await invite();
    expect(await stateOf(mia, token)).toBe('yourself');
    expect(await accept(mia, token)).toBe('invalid-input');
    expect(seen((await visitorOf(mia).get(`/friends/join/${token}`)).text)).toContain('your own invitation');
    expect(await stateOf(sam, token)).toBe('friends');
    expect(await accept(sam, token)).toBe('no refusal');
    // It is still good for someone else.
    const other = await someone();
    expect(await accept(other, token)).toBe('no refusal');
  });

  it('tells nobody that they are blocked, and reaches nobody who blocked', async () => {
    const [blocked, blocking] = [await someone(), await someone()];
    for (const person of [blocked, blocking]) await accept(person, await invite());
    await world.settle();
    await (await friends(mia)).block({ username: blocked.username });
    await (await friends(blocked)).remove({ username: 'mia' });
    await (await friends(blocking)).block({ username: 'mia' });
    const token = await invite();
    const before = (await world.mails()).length;
    expect(await stateOf(blocking, token)).toBe('blocked');
    expect(await accept(blocking, token)).toBe('conflict');
    expect(await stateOf(blocked, token)).toBe('none');
    expect(await accept(blocked, token)).toBe('no refusal');
    expect(await areFriends(blocked, mia)).toBe(true);
    expect(await areFriends(mia, blocked)).toBe(false);
    await world.settle();
    expect((await world.mails()).length).toBe(before);
    const letter = { letterId: newId(), to: 'mia', title: 'Let me in', body: 'Please.' };
    await (await world.as(blocked)).inClear.sendLetter(letter);
    await world.settle();
    expect((await (await world.as(mia)).letters.inbox({})).letters).toEqual([]);
  });

  it('accepts a request that waits, in either direction, and overrules a decline', async () => {
    const code = async (person: Person) => (await (await friends(person)).myCode()).code;
    const [asking, asked, declined] = [await someone(), await someone(), await someone()];
    await (await friends(asking)).request({ code: await code(mia) });
    await (await friends(mia)).request({ code: await code(asked) });
    await (await friends(declined)).request({ code: await code(mia) });
    await (await friends(mia)).decline({ username: declined.username });
    for (const person of [asking, asked, declined]) {
      expect(await accept(person, await invite())).toBe('no refusal');
      expect(await areFriends(mia, person)).toBe(true);
    }
  });

  it('is one of at most twenty that are open', async () => {
    const maker = await someone();
    const tokens = [];
    for (let n = 0; n < limits.invitations; n += 1) tokens.push(await invite(maker));
    expect(new Set(tokens).size).toBe(limits.invitations);
    expect(await refusalOf(invite(maker))).toBe('conflict');
    expect(await accept(await someone(), tokens[3] ?? '')).toBe('no refusal');
    expect(await refusalOf(invite(maker))).toBe('no refusal');
  });

  it('is stored as a hash only, and is no token of another kind', async () => {
    const [maker, token] = [await someone(), await invite()];
    const rows = await world.container.db.orm.invitations.all();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(world.logLines.join('\n')).not.toContain(token);
    expect(JSON.stringify(world.jobs)).not.toContain(token);
    for (const wrong of ['A'.repeat(22), 'A'.repeat(43), '', `${token}=`])
      expect(await accept(maker, wrong)).toMatch(/^(not-found|invalid-input)$/);
  });

  it('ends with the keys, with the account, and after fourteen days', async () => {
    const [leaving, other] = [await someone(), await someone()];
    const token = await invite(leaving);
    const exported = (await (await world.as(leaving)).exports.account()).invitations;
    expect(exported).toEqual([{ createdAt: expect.any(Date), expiresAt: expect.any(Date) }]);
    expect((exported[0]?.expiresAt.getTime() ?? 0) - (exported[0]?.createdAt.getTime() ?? 0)).toBe(14 * DAY);
    const proof = { password: leaving.password };
    await (await world.as(leaving)).deletion.ask({ username: leaving.username, proof });
    expect(await accept(other, token)).toBe('not-found');
    await (await world.as(leaving)).deletion.cancel();
    expect(await stateOf(other, token)).toBe('none');
    world.clock.advance(14 * DAY);
    try {
      expect(await refusalOf((await world.as(null)).invitations.read({ token }))).toBe('not-found');
    } finally {
      world.clock.advance(-14 * DAY);
    }
  });
});

describe('a link that a friend was sent, without JavaScript', () => {
  const make = async (visitor: Visitor) => {
    const { text, status } = await visitor.post('/friends/invite', {});
    const [, link = '', fingerprint] =
      /value="([^"]+\/friends\/join\/[\w-]{22})#([\w-]{22})"/.exec(text) ?? [];
    expect([status, link]).toEqual([200, expect.stringContaining(world.url)]);
    return { path: new URL(link).pathname, fingerprint };
  };

  it('has the fingerprint of its maker’s key, and is shown once', async () => {
    const [maker, visitor] = [await someone(), createVisitor(world.url)];
    visitor.cookies.set('bff', maker.token);
    const { path, fingerprint } = await make(visitor);
    const user = await world.container.stores.users.findByUsername(maker.username);
    if (!user) throw new Error('no maker');
    const { id: userId, username, identityPublicKey: publicKey } = user;
    expect(fingerprint).toBe(await keyFingerprint({ userId, username, publicKey }));
    const page = (await visitor.get('/friends/invite')).text;
    expect(page).toContain('Open invitations');
    expect(page).not.toContain(path);
    const id = /name="id" value="([0-9a-f]{24})"/.exec(page)?.[1] ?? '';
    expect(await visitor.post('/friends/invite', { intent: 'revoke', id })).toMatchObject({
      location: '/friends/invite?done=revoked',
    });
    expect((await visitor.post('/friends/invite', { intent: 'revoke', id })).status).toBe(404);
    expect((await createVisitor(world.url).get(path)).status).toBe(404);
  });

  it('is a letter to a visitor, that leads through joining to the friend and the first letter', async () => {
    const { path } = await make(visitorOf(mia));
    const nora = createVisitor(world.url);
    const letter = await nora.get(path);
    expect(letter.text).toContain('<bdi>mia</bdi> would like to write to you');
    const head = /<head>.*<\/head>/s.exec(letter.text)?.[0] ?? '';
    expect(head).toContain('<meta property="og:title"');
    expect(head).toContain('<meta name="robots" content="noindex"');
    expect(head).not.toContain('mia');
    for (const page of ['/join', '/login'])
      expect((await nora.get(page)).text).toContain('<bdi>mia</bdi> invited you to write letters.');
    await enter(world, nora, 'nora');
    expect((await nora.get('/login')).location).toBe(path);
    // Looking at it accepts nothing: previews do that.
    for (const method of ['GET', 'HEAD']) await nora.ask(path, { method });
    expect((await nora.get(path)).text).toContain('Become friends with mia?');
    expect((await nora.get('/login')).location).toBe('/inbox');
    const accepted = await nora.post(path, {});
    expect(accepted.location).toBe(`${path}?key=unchecked`);
    const end = seen((await nora.get(accepted.location ?? '')).text);
    expect(end).toContain('You and mia are friends');
    expect(end).toContain('Say hello');
    expect(end).toContain('We couldn’t check mia ’s key here');
    const late = await visitorOf(await someone()).get(path);
    expect([late.status, seen(late.text)]).toEqual([409, expect.stringContaining('has been used')]);
    expect((await createVisitor(world.url).get(path)).status).toBe(409);
  });

  it('says that it is cut off, or nobody’s', async () => {
    const { path } = await make(visitorOf(mia));
    for (const who of [createVisitor(world.url), visitorOf(sam)]) {
      for (const cut of [path.slice(0, -1), path.slice(0, -12), '/friends/join/', '/friends/join']) {
        const page = await who.get(cut);
        expect([cut, page.status]).toEqual([cut, 404]);
        expect(page.text).toContain('This link seems to be cut off');
      }
      const page = await who.get(`/friends/join/${'A'.repeat(22)}`);
      expect([page.status, seen(page.text)]).toEqual([404, expect.stringContaining('no longer works')]);
    }
  });
});

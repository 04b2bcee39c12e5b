import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '#core/durations.ts';
import type { News } from '#core/news.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import {
  befriend,
  logIn,
  makePeople,
  type Person,
  refusalOf,
  sendLetter,
} from '#tests/support/journey-people.ts';

let world: ServedInstallation;
let alpha: Person;
let beta: Person;
let gamma: Person;
beforeAll(async () => {
  world = await serveInstallation();
  [alpha, beta, gamma] = (await makePeople(world, 'alpha', 'beta', 'gamma')) as [Person, Person, Person];
  await befriend(world, alpha, beta);
  await (await world.as(beta)).friends.markSeen({ username: 'alpha' });
  await (await world.as(alpha)).friends.markSeen({ username: 'beta' });
});
afterAll(() => world.close());

/** What a page of theirs asks. */
function pageOf(person: { token: string; username: string }) {
  const visitor = createVisitor(world.url);
  visitor.cookies.set('bff', person.token);
  const ask = (known = '', pageOfUser = person.username) =>
    visitor.get('/api/news', { 'if-none-match': `"${known}"`, 'x-page-of': pageOfUser });
  return { visitor, ask };
}
const newsIn = ({ text }: { text: string }): News => JSON.parse(text);
const ownSession = async ({ username }: Person) => {
  const token = await logIn(world, username);
  const devices = await (await world.as({ token })).devices.list();
  return { token, username, id: devices.find(({ current }) => current)?.id ?? '' };
};

describe('an open page that asks for news', () => {
  it('hears of a letter once, by the name of its author alone, and of its being opened', async () => {
    const { ask } = pageOf(beta);
    const first = newsIn(await ask());
    expect(first).toEqual({ letters: 0, requests: 0, acceptances: 0, tag: '0-0-0-', arrivedFrom: null });
    const unchanged = await ask(first.tag);
    expect({ ...unchanged, headers: null }).toMatchObject({ status: 304, text: '' });

    const id = await sendLetter(world, alpha, beta, { title: 'Not for the news' });
    const arrived = await ask(first.tag);
    expect(arrived.status).toBe(200);
    expect(arrived.headers['cache-control']).toBe('no-store, private');
    expect(arrived.text).not.toContain('Not for the news');
    const news = newsIn(arrived);
    expect(news).toMatchObject({ letters: 1, arrivedFrom: 'alpha' });
    expect((await ask(news.tag)).status).toBe(304);

    await (await world.as(beta)).inClear.readLetter({ id });
    const opened = newsIn(await ask(news.tag));
    expect(opened).toMatchObject({ letters: 0, arrivedFrom: null });
  });

  it('hears of requests and acceptances', async () => {
    const { code } = await (await world.as(alpha)).friends.myCode();
    const [asked, asker] = [pageOf(alpha), pageOf(gamma)];
    const [before, asking] = [newsIn(await asked.ask()), newsIn(await asker.ask())];
    await (await world.as(gamma)).friends.request({ code });
    const request = newsIn(await asked.ask(before.tag));
    expect(request).toMatchObject({ requests: 1, acceptances: 0 });
    expect((await asker.ask(asking.tag)).status).toBe(304);
    await (await world.as(alpha)).friends.accept({ username: 'gamma' });
    expect(newsIn(await asked.ask(request.tag))).toMatchObject({ requests: 0 });
    expect(newsIn(await asker.ask(asking.tag))).toMatchObject({ requests: 0, acceptances: 1 });
    await (await world.as(gamma)).friends.markSeen({ username: 'alpha' });
    expect(newsIn(await asker.ask())).toMatchObject({ acceptances: 0 });
  });

  it('is no visit: it extends no session and writes nothing', async () => {
    const session = await ownSession(beta);
    const { ask, visitor } = pageOf(session);
    const stored = async () =>
      (await world.container.stores.sessions.listByUser(await idOf(world, 'beta'))).find(
        ({ id }) => id === session.id,
      );
    await visitor.get('/inbox');
    const before = await stored();
    world.clock.advance(2 * HOUR);
    expect((await ask()).status).toBe(200);
    expect(await stored()).toEqual(before);
    world.clock.advance(14 * DAY);
    expect((await ask()).status).toBe(401);
    expect((await visitor.get('/inbox')).location).toMatch(/^\/login/);
    world.clock.advance(-14 * DAY - 2 * HOUR);
  });

  it('leaves no line in the log while nothing happens', async () => {
    const { ask } = pageOf(alpha);
    const { tag } = newsIn(await ask());
    const lines = world.logLines.length;
    for (let i = 0; i < 3; i += 1) expect((await ask(tag)).status).toBe(304);
    expect(world.logLines.slice(lines)).toEqual([]);
  });
});

describe('nobody else', () => {
  it('hears of it: strangers, ended sessions, and pages of who was here before', async () => {
    const nobody: Visitor = createVisitor(world.url);
    expect(await nobody.get('/api/news')).toMatchObject({ status: 401, text: '' });
    const session = await ownSession(beta);
    const { ask } = pageOf(session);
    expect((await ask()).status).toBe(200);
    expect(await ask('', 'alpha')).toMatchObject({ status: 401, text: '' });
    await (await world.as({ token: session.token })).accounts.logOut();
    expect(await ask()).toMatchObject({ status: 401, text: '' });
  });

  it('learns from a tag that is made up', async () => {
    const { ask } = pageOf(beta);
    for (const tag of ['x'.repeat(101), '0-0-0-', '<script>', '%00', '9-9-9-9'])
      expect([200, 304]).toContain((await ask(tag)).status);
  });

  it('asks without end', async () => {
    const { news } = await world.as(await ownSession(gamma));
    const asking = async () => {
      for (let i = 0; i < 1_600; i += 1) await news.read({ known: '' });
    };
    expect(await refusalOf(asking())).toBe('too-many-requests');
  });
});

describe('the inbox', () => {
  it('shows the cards of friends, and other pages only their number', async () => {
    const { code } = await (await world.as(beta)).friends.myCode();
    await (await world.as(gamma)).friends.request({ code });
    const { visitor } = pageOf(beta);
    const plain = (html: string) => html.replace(/<script\b.*?<\/script>/gs, '').replace(/<[^>]*>/g, ' ');
    const inbox = plain((await visitor.get('/inbox')).text);
    expect(inbox).toMatch(/gamma\s+would like to write to you/);
    const sent = await visitor.get('/sent');
    expect(plain(sent.text).replace(/\s+/g, ' ')).toMatch(/Friends 1 , 1 request /);
    expect(sent.text).not.toContain('gamma');
  });
});

async function idOf({ container }: ServedInstallation, username: string): Promise<string> {
  return (await container.stores.users.findByUsername(username))?.id ?? '';
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVisitor, inputsOf, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makePeople, type Person, testPassword } from '#tests/support/journey-people.ts';
import { type Phone, setUpApp } from '#tests/support/second-factor.ts';

const MINUTE = 60_000;

let world: ServedInstallation;
let alpha: Person;
let phone: Phone;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  [alpha] = (await makePeople(world, 'alpha')) as [Person];
  phone = await setUpApp(world, alpha);
});
afterAll(() => world.close());

async function afterPassword(next?: string): Promise<{ visitor: Visitor; path: string }> {
  const visitor = createVisitor(world.url);
  const login = { username: 'alpha', password: testPassword, ...(next && { next }) };
  const path = (await visitor.post('/login', login)).location ?? '';
  return { visitor, path };
}

describe('the page that asks for a code', () => {
  it('takes the code of the app, goes on to where the person wanted to go, and forgets the wait', async () => {
    const { visitor, path } = await afterPassword('/settings/profile');
    expect(path).toBe('/login/code?next=%2Fsettings%2Fprofile');
    const page = await visitor.get(path);
    expect(page.text).toContain('autoComplete="one-time-code"');
    expect(page.headers['cache-control']).toContain('no-store');
    const { next = '' } = inputsOf(page.text);
    const answer = await visitor.post(path, { next, code: phone.nextCode() });
    expect([answer.status, answer.location]).toEqual([302, '/settings/profile']);
    expect(answer.cookies.filter((line) => /-code=;.*Max-Age=0/.test(line))).toHaveLength(1);
    expect((await visitor.get('/settings/profile')).status).toBe(200);
    expect((await visitor.get('/login/code')).location).toBe('/login');
  });

  it('takes a one-time code in the same field, however it is typed', async () => {
    const { visitor } = await afterPassword();
    const code = phone.codes.pop() ?? '';
    const typed = ` ${code.slice(0, 5).toLowerCase()} ${code.slice(5)}`;
    expect((await visitor.post('/login/code', { code: typed })).location).toBe('/inbox');
  });

  it('says so of a wrong code and of none, and the next one still counts', async () => {
    const { visitor } = await afterPassword();
    for (const code of ['', '   ', '12345', 'AAAAA-AAAAA']) {
      const answer = await visitor.post('/login/code', { code });
      expect([code, answer.status]).toEqual([code, 400]);
      expect(answer.text).toContain('href="#code"');
      expect((await visitor.get('/inbox')).location).toMatch(/^\/login/);
    }
    expect((await visitor.post('/login/code', { code: phone.nextCode() })).location).toBe('/inbox');
  });

  it('sends whoever took too long, tried too often or never began back to the password', async () => {
    const stranger = createVisitor(world.url);
    expect((await stranger.get('/login/code')).location).toBe('/login');
    expect((await stranger.post('/login/code', { code: '123456' })).location).toBe('/login');

    const { visitor: late } = await afterPassword('/drafts');
    world.clock.advance(10 * MINUTE);
    const back = await late.get('/login/code?next=%2Fdrafts');
    expect(back.location).toBe('/login?after=over&next=%2Fdrafts');
    expect((await late.get(back.location ?? '')).text).toContain('That log-in took too long');

    const { visitor: guesser } = await afterPassword();
    for (let tries = 0; tries < 5; tries += 1)
      expect((await guesser.post('/login/code', { code: 'AAAAA-AAAAA' })).status).toBe(400);
    const over = await guesser.post('/login/code', { code: phone.nextCode() });
    expect(over.location).toBe('/login?after=over');
    expect((await guesser.get('/inbox')).location).toMatch(/^\/login/);
  });

  it('leads nowhere else than to this site', async () => {
    const { visitor } = await afterPassword();
    const code = phone.nextCode();
    const answer = await visitor.post('/login/code', { code, next: '//elsewhere.test/x' });
    expect(answer.location).toBe('/inbox');
  });

  it('lets one in of two who come with the same challenge', async () => {
    const { visitor } = await afterPassword();
    const twin = createVisitor(world.url);
    for (const [name, value] of visitor.cookies) twin.cookies.set(name, value);
    const code = phone.nextCode();
    const both = [visitor, twin].map((one) => one.post('/login/code', { code }));
    const places = (await Promise.all(both)).map(({ location }) => location);
    expect(places.filter((place) => place === '/inbox')).toHaveLength(1);
  });
});

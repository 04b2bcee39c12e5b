import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { createVisitor, inputsOf, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makePeople, makePerson, type Person, testPassword } from '#tests/support/journey-people.ts';
import { appOf, type Phone, setUpApp } from '#tests/support/second-factor.ts';

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
    expect((await late.get(back.location ?? '')).text).toContain('That login took too long');

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

describe('the settings of two-factor log-in', () => {
  const settings = '/settings/two-factor';
  const current = testPassword;
  const codesOn = (html: string) => html.match(/[0-9A-Z]{5}-[0-9A-Z]{5}(?=<\/li>)/g) ?? [];
  let beta: Visitor;
  let app: ReturnType<typeof appOf>;
  let codes: string[];

  beforeAll(async () => {
    await makePerson(world, 'beta');
    beta = createVisitor(world.url);
    await beta.post('/login', { username: 'beta', password: testPassword });
  });

  it('set up an app: password, secret as picture and text, first code, ten codes shown once', async () => {
    expect((await beta.get(settings)).text).toContain('Set up an app');
    expect((await beta.get(`${settings}/app.svg`)).status).toBe(404);
    const refused = await beta.post(`${settings}?do=app`, { current: 'not it at all' });
    expect([refused.status, refused.text.includes('href="#current"')]).toEqual([400, true]);
    expect((await beta.post(`${settings}?do=app`, { current })).location).toBe(`${settings}?do=confirm`);

    const page = await beta.get(`${settings}?do=confirm`);
    expect(page.headers['cache-control']).toContain('no-store');
    const secret = /translate="no">([A-Z2-7 ]{32,})</.exec(page.text)?.[1] ?? '';
    app = appOf(world, secret.replaceAll(' ', ''));
    const picture = await beta.get(`${settings}/app.svg`);
    expect(picture.headers).toMatchObject({ 'content-type': 'image/svg+xml; charset=utf-8' });
    expect(picture.headers['cache-control']).toContain('no-store');
    expect(picture.text).toMatch(/^<svg/);

    const wrong = await beta.post(`${settings}?do=confirm`, { code: '12345' });
    expect([wrong.status, wrong.text.includes(secret)]).toEqual([400, true]);
    expect((await beta.get(settings)).text).toContain('<strong>Off.</strong>');
    const done = await beta.post(`${settings}?do=confirm`, { code: app.shownCode() });
    expect([done.status, done.headers['cache-control']]).toEqual([200, 'no-store, private']);
    codes = codesOn(done.text);
    expect(new Set(codes).size).toBe(10);

    const after = await beta.get(settings);
    expect(after.text).toContain('<strong>On.</strong>');
    for (const code of codes) expect(after.text).not.toContain(code);
    expect((await beta.post(`${settings}?do=confirm`, { code: app.nextCode() })).status).toBe(409);
    expect((await beta.get(`${settings}?do=confirm`)).text).not.toContain(secret);
  });

  it.each([
    ['/settings/two-factor?do=codes', {}],
    ['/settings/email', { email: 'elsewhere@example.test' }],
    ['/settings/delete', { username: 'beta' }],
  ])('ask for a password that was left out at its field, as %s does', async (page, fields) => {
    const refused = await beta.post(page, { ...fields, current: '' });
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/<a href="#current"[^>]*>Password<\/a>/);
    expect(refused.text).toMatch(/id="current-error"[^>]*>Enter your password\.</);
  });

  it('are called off without a trace', async () => {
    await beta.post(`${settings}?do=app`, { current, code: app.nextCode() });
    expect((await beta.post(`${settings}?do=confirm`, { intent: 'cancel' })).location).toBe(
      `${settings}?done=cancelled`,
    );
    expect((await beta.get(`${settings}/app.svg`)).status).toBe(404);
    expect((await beta.get(settings)).text).toContain('<strong>10<!-- --> of ten</strong>');
  });

  it('make ten new codes, for whoever knows password and code', async () => {
    const without = await beta.post(`${settings}?do=codes`, { current });
    expect([without.status, without.text.includes('href="#code"')]).toEqual([400, true]);
    const renewed = await beta.post(`${settings}?do=codes`, { current, code: codes[0] ?? '' });
    const fresh = codesOn(renewed.text);
    expect(fresh).toHaveLength(10);
    const old = await beta.post(`${settings}?do=codes`, { current, code: codes[1] ?? '' });
    expect(old.status).toBe(400);
    codes = fresh;
  });

  it('remove the app, and its codes with it', async () => {
    expect((await beta.get(`${settings}?do=no-app`)).text).toContain('This is your last one');
    const gone = await beta.post(`${settings}?do=no-app`, { current, code: codes[0] ?? '' });
    expect(gone.location).toBe(`${settings}?done=no-app`);
    expect((await beta.get(settings)).text).toContain('<strong>Off.</strong>');
    const login = { username: 'beta', password: testPassword };
    expect((await createVisitor(world.url).post('/login', login)).location).toBe('/inbox');
  });

  it('change nothing for an address that asks for what there is not', async () => {
    for (const name of [
      'codes',
      'no-app',
      'no-passkey',
      'passkey',
      'rename-passkey',
      'nonsense',
      '__proto__',
    ]) {
      const path = `${settings}?do=${name}&id=${'0'.repeat(24)}`;
      expect((await beta.get(path)).text).toContain('Set up an app');
      expect((await beta.post(path, { current, name: 'x' })).status).toBe(400);
    }
    expect((await beta.get(settings)).text).toContain('<strong>Off.</strong>');
  });
});

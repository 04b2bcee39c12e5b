import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { ask, createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { confirmByForm, enter, joinByForm } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  alpha = createVisitor(world.url);
  await enter(world, alpha, 'alpha');
});
afterAll(() => world.close());

const nobody = () => createVisitor(world.url);
const password = 'lantern otter waltz';

describe('where log-in leads afterwards', () => {
  const elsewhere = [
    'http://evil.example.test/',
    'https://evil.example.test',
    '//evil.example.test',
    '///evil.example.test',
    '/\\evil.example.test',
    '\\\\evil.example.test',
    '/\t/evil.example.test',
    '/\n/evil.example.test',
    '\t//evil.example.test',
    ' //evil.example.test',
    '/%0d%0aSet-Cookie:%20bff=x',
    '/\r\nSet-Cookie: bff=x',
    '/\u0000',
    '/\u007f/x',
    '/ä日本',
    '/.//evil.example.test',
    '/..//evil.example.test',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '@evil.example.test',
    '.evil.example.test',
    '',
    'inbox',
    `/${'x'.repeat(5_000)}`,
  ];

  it.each(elsewhere)('is a page of this site for somebody who is logged in already: %j', async (next) => {
    const onwards = await alpha.get(`/login?next=${encodeURIComponent(next)}`);
    expect(onwards.status).toBe(302);
    expectOurs(onwards.location);
    expect((await nobody().get(`/login?next=${encodeURIComponent(next)}`)).status).toBe(200);
    countRepelled(2);
  });

  it.each([
    '//evil.example.test',
    '/\\evil.example.test',
    '/\r\nSet-Cookie: bff=x',
    '/ä日本',
    '/.//evil.example.test',
  ])('is a page of this site after the form: %j', async (next) => {
    const answer = await nobody().post('/login', { username: 'alpha', password, next });
    expect(answer.status, answer.text.slice(0, 200)).toBe(302);
    expectOurs(answer.location);
    expect(answer.cookies).toHaveLength(2);
    countRepelled();
  });

  it('is the page that was asked for', async () => {
    const visitor = nobody();
    const sent = await visitor.get('/sent?cursor=abc');
    expect(sent.location).toBe('/login?next=%2Fsent%3Fcursor%3Dabc');
    const answer = await visitor.post('/login', { username: 'alpha', password, next: '/sent?cursor=abc' });
    expect(answer.location).toBe('/sent?cursor=abc');
  });

  it('is no other site for odd paths either', async () => {
    for (const path of [
      '//evil.example.test',
      '//evil.example.test/inbox',
      '/\\evil.example.test',
      '/%5cevil.example.test',
      '/inbox//evil.example.test/..',
    ]) {
      const answer = await ask(world.url + path);
      if (answer.location !== null) expectOurs(answer.location);
      expect(answer.status).toBeLessThan(500);
      countRepelled();
    }
  });

  function expectOurs(location: string | null): void {
    const there = new URL(location ?? 'missing:', world.url);
    expect(there.origin).toBe(new URL(world.url).origin);
    expect(location).not.toMatch(/[\r\n\t\\]|^\/\//);
  }
});

describe('the name of the host', () => {
  const forged = {
    'x-forwarded-host': 'evil.example.test',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.example.test;proto=https',
    'x-original-url': '/inbox',
    'x-rewrite-url': '/inbox',
  };

  it('that a request claims is in no mail, page or redirect', async () => {
    const visitor = createVisitor(world.url, { headers: forged });
    const words = await joinByForm(visitor, 'claimed');
    await confirmByForm(visitor, words);
    await world.settle();
    const mail = (await world.mails()).find(({ to }) => to === 'claimed@example.test');
    expect(mail?.text).toContain(`${world.url}/verify/`);
    expect(JSON.stringify(mail)).not.toContain('evil');
    const page = await alpha.get('/friends', forged);
    expect(page.text).toContain(`${world.url}/friends/add/`);
    expect(page.text.replaceAll(/<script.*?<\/script>/gs, '')).not.toContain('evil.example.test');
    const redirect = await nobody().get('/inbox', forged);
    expect(redirect.location).toBe('/login?next=%2Finbox');
    countRepelled(3);
  });

  it('that is forwarded turns no check off and no cookie secure', async () => {
    const answer = await alpha.post(
      '/friends',
      { intent: 'add', code: 'x' },
      { ...forged, origin: 'http://evil.example.test' },
    );
    expect(answer.status).toBe(403);
    countRepelled();
    const proto = { 'x-forwarded-proto': 'https', forwarded: 'proto=https' };
    const login = await nobody().post('/login', { username: 'alpha', password }, proto);
    expect(login.cookies[0]).toMatch(/^bff=/);
    expect(login.cookies[0]).not.toMatch(/secure/i);
    expect(login.headers['strict-transport-security']).toBeUndefined();
  });

  it('must be a name of this machine to see its local mailbox', async () => {
    // A page of another site whose name was made to mean 127.0.0.1 could read the verification links otherwise.
    for (const host of ['evil.example.test', 'evil.example.test:3000', '127.0.0.1.evil.example.test']) {
      const answer = await nobody().get('/dev/mailbox', { host });
      expect(answer.status, host).toBe(421);
      expect(answer.text).not.toContain('/verify/');
      countRepelled();
    }
    for (const host of ['127.0.0.1', 'localhost:3000', '[::1]:3000']) {
      expect((await nobody().get('/dev/mailbox', { host })).status, host).toBe(200);
      const passedOn = { host, 'x-forwarded-for': '203.0.113.7' };
      expect((await nobody().get('/dev/mailbox', passedOn)).status, `${host} through a proxy`).toBe(404);
    }
  });

  it('shows no mailbox at all on a server that others can reach', async () => {
    const open = await serveInstallation({ localMailbox: false });
    try {
      expect((await createVisitor(open.url).get('/dev/mailbox')).status).toBe(404);
    } finally {
      await open.close();
    }
  });
});

describe('what a page is told has been done', () => {
  it.each(['__proto__', 'constructor', 'toString', '<b>x</b>', ''])('says nothing for %j', async (done) => {
    const pages = ['/friends', '/settings'];
    const inner = ['devices', 'two-factor', 'email', 'notifications', 'sealing'];
    for (const page of [...pages, ...inner.map((name) => `/settings/${name}`)]) {
      const answer = await alpha.get(`${page}?done=${encodeURIComponent(done)}`);
      expect(answer.status, page).toBe(200);
      expect(answer.text.includes('notice-success'), page).toBe(false);
      countRepelled();
    }
  });
});

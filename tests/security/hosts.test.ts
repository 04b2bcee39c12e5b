import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hostKindOf } from '#server/http/host-kind.ts';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { ask, createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';

const foreign = [
  'evil.example.test',
  'evil.example.test:3000',
  '127.0.0.1.evil.example.test',
  'localhost.evil.example.test',
  'bff.example.test.evil.example.test',
];

describe('a name that somebody pointed at this machine (DNS rebinding)', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.dispose());

  it.each(foreign)('%s gets no page, procedure, mailbox, number or file', async (host) => {
    for (const path of ['/', '/login', '/dev/mailbox', '/metrics', '/api/trpc/accounts.me', '/favicon.svg']) {
      for (const more of [{}, { 'x-forwarded-host': 'localhost' }, { 'x-forwarded-for': '127.0.0.1' }]) {
        const answer = await ask(app.url + path, { headers: { host, accept: 'text/html', ...more } });
        expect(answer.status, path).toBe(421);
        expect(answer.text).toContain('Ask the person who runs this server');
        // Of APP_URL nobody has said anything, and the visitor's localhost is another machine.
        expect(answer.text).not.toMatch(/evil|localhost|href/);
        countRepelled();
      }
    }
    const origin = `http://${host}`;
    const post = await createVisitor(app.url, { host, origin }).post('/login', { username: 'alpha' });
    expect(post.status).toBe(421);
    countRepelled();
  });

  it('gets a page in our look that needs no other file and may run nothing', async () => {
    const answer = await ask(app.url, { headers: { host: 'evil.example.test', accept: 'text/html' } });
    const policy = String(answer.headers['content-security-policy']);
    const style = /<style>([\s\S]*)<\/style>/.exec(answer.text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(style).toContain('--desk:');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hash}';`);
    expect(answer.text).not.toMatch(/<script|src=|style=|<link/);
    expect(answer.headers['cache-control']).toContain('no-store');
  });

  it('is in the log with what to set, and once for each name as a setting to look at', async () => {
    const port = new URL(app.url).port;
    const refused = app.events('foreign host refused');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.at(-1)).toMatchObject({
      host: expect.any(String),
      hint: expect.stringContaining(`APP_URL is http://localhost:${port}`),
    });
    const hints = () => app.events('setting to look at').map(({ hint }) => String(hint));
    const names = new Set(foreign.map((host) => host.replace(/:\d+$/, '')));
    expect(hints()).toHaveLength(names.size);
    for (const name of names)
      expect(hints().filter((hint) => hint.includes(`http(s)://${name}`))).toHaveLength(1);
    const visit = (host: string) => ask(app.url, { headers: { host } });
    for (const host of ['letters.example.test', 'LETTERS.example.test:81', 'a b']) await visit(host);
    expect(hints().slice(names.size)).toEqual([expect.stringContaining('http(s)://letters.example.test,')]);
    for (let n = 0; n < 30; n += 1) await visit(`scanner-${n}.example.test`);
    expect(hints()).toHaveLength(20);
  });

  it('says where to go on in one line to what is no browser', async () => {
    const answer = await ask(app.url, { headers: { host: 'evil.example.test' } });
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.text).toBe(
      'This server doesn’t answer to the name you used. Ask the person who runs this server for its address.',
    );
  });

  it('leaves every name of this machine, addresses, and monitors of any name alone', async () => {
    const port = new URL(app.url).port;
    for (const host of [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '192.168.1.5',
      'raspberrypi',
      'pi.local',
      'LOCALHOST.',
    ])
      expect((await ask(`${app.url}/login`, { headers: { host: `${host}:${port}` } })).status, host).toBe(
        200,
      );
    for (const path of ['/healthz', '/readyz'])
      expect((await ask(app.url + path, { headers: { host: 'evil.example.test' } })).status).toBe(200);
    expect((await ask(`${app.url}/metrics`)).status).toBe(200);
  });
});

describe('behind a proxy', () => {
  let world: ServedInstallation | undefined;
  afterEach(() => world?.close());
  const appUrl = 'https://bff.example.test';
  const feedback = { subject: 'Hello', message: 'A form from our own page.' };

  it.each(['127.0.0.1:3000', 'bff', 'app:3000', 'upstream.internal', 'upstream.example.test'])(
    'a form from APP_URL is ours when it asks for %s',
    async (host) => {
      world = await serveInstallation({ appUrl });
      const visitor = createVisitor(world.url, { host, origin: appUrl });
      expect((await visitor.post('/feedback', feedback)).status).toBe(302);
    },
  );

  it('a form from elsewhere is refused, and the log has Origin, Host and what to set', async () => {
    world = await serveInstallation({ appUrl });
    const post = (origin: string, host = 'bff.example.test') =>
      createVisitor(world?.url ?? '', { host, origin }).post('/feedback', feedback);
    const wrong = [
      'https://evil.example.test',
      'http://bff.example.test',
      'https://bff.example.test:444',
      'null',
    ];
    for (const origin of wrong) {
      const answer = await post(origin);
      expect(answer.status, origin).toBe(403);
      expect(answer.text).toContain(`href="${appUrl}"`);
      countRepelled();
    }
    const refused = world.logLines
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'foreign origin refused');
    expect(refused.map(({ origin, host }) => [origin, host])).toEqual(
      wrong.map((origin) => [origin, 'bff.example.test']),
    );
    expect(refused[0]?.hint).toContain('set APP_URL to it');
    expect(refused[1]?.hint).toContain(`redirect them to ${appUrl}`);
  });

  it('whoever used another name is led to APP_URL, which somebody has set', async () => {
    world = await serveInstallation({ appUrl });
    const headers = { host: 'evil.example.test' };
    const page = await ask(world.url, { headers: { ...headers, accept: 'text/html' } });
    expect(page.status).toBe(421);
    expect(page.text).toContain(`<a href="${appUrl}">Open ${appUrl}</a>`);
    expect((await ask(world.url, { headers })).text).toMatch(`Open ${appUrl} instead.`);
    countRepelled();
  });

  it('the local mailbox is nobody’s, even when the proxy says nothing of those it passes on', async () => {
    world = await serveInstallation({ appUrl });
    expect((await createVisitor(world.url).get('/dev/mailbox')).status).toBe(404);
    countRepelled();
  });
});

it('tells names that can be registered from others', () => {
  const kindsOf = (...hosts: (string | undefined)[]) =>
    hosts.map((host) => hostKindOf(host, 'https://bff.example.test'));
  expect(kindsOf('bff.example.test', 'BFF.example.test.', 'bff.example.test:8443', '[::1]:1')).toEqual(
    Array(4).fill('own'),
  );
  expect(kindsOf('10.0.0.7', '[fd00::1]:80', 'nas', 'nas.home.arpa')).toEqual(Array(4).fill('private'));
  expect(
    kindsOf(undefined, '', 'a b', 'x/y', 'nas.localdomain.example', 'bff.example.test.evil.test'),
  ).toEqual(Array(6).fill('foreign'));
});

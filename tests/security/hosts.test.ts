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
        expect(answer.text).toContain(`href="${app.url}"`);
        expect(answer.text).not.toContain('evil');
        countRepelled();
      }
    }
    const origin = `http://${host}`;
    const post = await createVisitor(app.url, { host, origin }).post('/login', { username: 'alpha' });
    expect(post.status).toBe(421);
    countRepelled();
  });

  it('is in the log with what to set, and once as a setting to look at', async () => {
    const port = new URL(app.url).port;
    const refused = app.events('foreign host refused');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.at(-1)).toMatchObject({
      host: expect.any(String),
      hint: expect.stringContaining(`APP_URL is http://localhost:${port}`),
    });
    expect(app.events('setting to look at')).toHaveLength(1);
  });

  it('says where to go on in one line to what is no browser', async () => {
    const answer = await ask(app.url, { headers: { host: 'evil.example.test' } });
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.text).toBe(`This server does not answer under the name you used. Open ${app.url} instead.`);
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

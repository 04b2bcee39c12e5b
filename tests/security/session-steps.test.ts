import { parse, stringify } from 'devalue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '#core/accounts/sealed-account.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makePeople, makePerson, testPassword } from '#tests/support/journey-people.ts';
import { setUpApp } from '#tests/support/second-factor.ts';
import { hostileValues } from './hostile-values.ts';

/** The address by which a browser that holds its own keys starts and renews its session (app/features/account/log-in/session.route.ts). */
let world: ServedInstallation;
let authKey: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  await makePeople(world, 'alpha');
  const kdf = await (await world.as(null)).accounts.kdf({ username: 'alpha' });
  ({ authKey } = await provePassword(world.container.argon2, testPassword, kdf));
});
afterAll(() => world.close());

const steps = [
  'log-in',
  'wanted',
  'code',
  'ask-passkey',
  'passkey',
  'join',
  'confirm-words',
  'change-password',
  'reset',
  'afresh',
];
const send = (visitor: Visitor, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  visitor.ask('/session', {
    method: 'POST',
    headers: { origin: world.url, 'content-type': 'application/json', ...headers },
    body,
  });
const step = (visitor: Visitor, name: unknown, input: unknown, headers?: Record<string, string>) =>
  send(visitor, stringify({ do: name, input }), headers);

describe('a step of a session', () => {
  it('logs in by the derived key, and tells the page everything but the session', async () => {
    const visitor = createVisitor(world.url);
    const answer = await step(visitor, 'log-in', { username: 'alpha', authKey });
    expect(answer.status).toBe(200);
    const token = visitor.cookies.get('bff') ?? '';
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const device = visitor.cookies.get('bff-device') ?? '';
    expect(answer.text).not.toContain(token);
    expect(answer.text).not.toContain(device);
    expect(Object.keys(parse(answer.text)).sort()).toEqual(['account', 'expiresAt', 'outcome']);
    expect(answer.headers['cache-control']).toContain('no-store');
    expect((await visitor.get('/inbox')).status).toBe(200);
  });

  it('hands out no key and no session for a wrong one, and a stranger’s name is answered alike', async () => {
    const answers = [];
    for (const username of ['alpha', 'nobody_at_all']) {
      const visitor = createVisitor(world.url);
      const answer = await step(visitor, 'log-in', { username, authKey: new Uint8Array(32).fill(7) });
      expect(answer.status).toBe(401);
      expect(visitor.cookies.get('bff')).toBeUndefined();
      answers.push(answer.text);
    }
    expect(parse(answers[0] ?? '')).toMatchObject({ refused: { code: 'unauthenticated' } });
    expect(answers[1]).toBe(answers[0]);
    countRepelled(2);
  });

  it('is refused from another site, and without an origin while there is a cookie', async () => {
    const visitor = createVisitor(world.url);
    const input = { username: 'alpha', authKey };
    for (const origin of ['http://evil.example.test', 'null', `${world.url}.example.test`])
      expect((await step(visitor, 'log-in', input, { origin })).status).toBe(403);
    expect(visitor.cookies.get('bff')).toBeUndefined();
    countRepelled(3);
  });

  it('is one of a few: another name, a prototype’s or none at all is not understood', async () => {
    const visitor = createVisitor(world.url);
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '',
      'logIn',
      7,
      null,
      {},
      ['log-in'],
    ])
      expect((await step(visitor, name, {})).status, String(name)).toBe(400);
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{}',
      '[{"do":1}]',
      '[["Map",1]]',
      '\u0000',
      'x'.repeat(30_000),
    ])
      expect((await send(visitor, body)).status, body.slice(0, 20)).toBe(400);
    expect((await send(visitor, new Uint8Array(5_000_000))).status).toBe(400);
    expect((await visitor.get('/session')).status).toBeGreaterThanOrEqual(400);
  });

  it.each(steps)('%s refuses whatever no page of ours sends, to nobody and to somebody', async (name) => {
    const [nobody, alpha] = [createVisitor(world.url), createVisitor(world.url)];
    await step(alpha, 'log-in', { username: 'alpha', authKey });
    const before = alpha.cookies.get('bff');
    for (const visitor of [nobody, alpha]) {
      for (const [what, value] of Object.entries(hostileValues)) {
        const fields = ['username', 'authKey', 'code', 'answer', 'token', 'proof', 'password', 'userId'];
        for (const input of [value, Object.fromEntries(fields.map((field) => [field, value]))]) {
          const answer = await step(visitor, name, input);
          expect(answer.status, what).toBeGreaterThanOrEqual(400);
          expect(answer.status, what).toBeLessThan(500);
          countRepelled();
        }
      }
    }
    expect(nobody.cookies.get('bff')).toBeUndefined();
    expect(alpha.cookies.get('bff')).toBe(before);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('a log-in that waits for its second factor', () => {
  it('is known to the cookie of its browser alone, opens nothing, and is over with the code', async () => {
    const beta = await makePerson(world, 'beta');
    const phone = await setUpApp(world, beta);
    const proven = await provePassword(
      world.container.argon2,
      testPassword,
      await (await world.as(null)).accounts.kdf({ username: 'beta' }),
    );
    const begin = async () => {
      const visitor = createVisitor(world.url);
      const answer = await step(visitor, 'log-in', { username: 'beta', authKey: proven.authKey });
      return { visitor, answer, challenge: visitor.cookies.get('bff-code') ?? '' };
    };
    const { visitor, answer, challenge } = await begin();
    expect(Object.keys(parse(answer.text)).sort()).toEqual(['expiresAt', 'outcome']);
    expect(challenge).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(visitor.cookies.get('bff')).toBeUndefined();
    expect((await visitor.get('/inbox')).location).toMatch(/^\/login/);

    // Somebody else's wait is not to be named in what is sent, nor taken for a session.
    const stranger = createVisitor(world.url);
    const code = phone.nextCode();
    expect((await step(stranger, 'code', { code, challenge })).status).toBe(400);
    stranger.cookies.set('bff', challenge);
    expect((await stranger.get('/inbox')).location).toMatch(/^\/login/);
    const other = await begin();
    expect((await step(other.visitor, 'code', { code: 'AAAAA-AAAAA', challenge })).status).toBe(400);

    const done = await step(visitor, 'code', { code });
    expect(Object.keys(parse(done.text)).sort()).toEqual(['account', 'expiresAt', 'outcome']);
    expect(done.text).not.toContain(visitor.cookies.get('bff') ?? '');
    expect(visitor.cookies.get('bff-code') ?? '').toBe('');
    expect((await visitor.get('/inbox')).status).toBe(200);
    visitor.cookies.set('bff-code', challenge);
    expect((await step(visitor, 'code', { code: phone.nextCode() })).status).toBe(401);
  });
});

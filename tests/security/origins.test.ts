import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { listProcedures } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { addressOf, routesOfBuild } from '#tests/support/installation-routes.ts';
import { befriendByForms, enter } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  const beta = createVisitor(world.url);
  alpha = createVisitor(world.url);
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(() => world.close());

/** How a request that another site makes a browser send looks like; the cookie comes along where it does. */
const foreign: Record<string, Record<string, string>> = {
  'another site': { origin: 'http://evil.example.test' },
  'a sandboxed frame': { origin: 'null' },
  'an empty origin': { origin: '' },
  'another port of this machine': { origin: 'http://127.0.0.1:1' },
  'this name with another after it': { origin: 'PREFIX.evil.example.test' },
  'two origins': { origin: 'SELF, http://evil.example.test' },
  'no origin at all': {},
  'no origin and another site': { 'sec-fetch-site': 'cross-site' },
  'no origin and a sister site': { 'sec-fetch-site': 'same-site' },
  'a referrer of our own only': { referer: 'SELF/write' },
  'a forwarded host': { origin: 'http://evil.example.test', 'x-forwarded-host': 'evil.example.test' },
};
const headersOf = (kind: string) =>
  Object.fromEntries(
    Object.entries(foreign[kind] ?? {}).map(([name, value]) => [
      name,
      value.replace('SELF', world.url).replace('PREFIX', world.url),
    ]),
  );
const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
const bodies = [
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json' },
];

describe.each(Object.keys(foreign))('a request from %s', (kind) => {
  it('changes nothing at any page', async () => {
    const routes = (await routesOfBuild()).filter(({ hasAction }) => hasAction);
    expect(routes.length).toBeGreaterThan(5);
    for (const route of routes) {
      const path = addressOf(route.pattern);
      const answer = await alpha.ask(path, {
        method: 'POST',
        headers: { ...bodies[0], ...headersOf(kind) },
        body: 'username=beta&intent=remove',
      });
      expect(answer.status, `${kind} ${path}`).toBe(403);
      countRepelled();
    }
  });

  it('reaches no procedure, by any method and with any body', async () => {
    const procedures = listProcedures();
    expect(procedures.length).toBeGreaterThan(20);
    for (const { name: procedure } of procedures) {
      const answer = await alpha.ask(`/api/trpc/${procedure}`, {
        method: 'POST',
        headers: { ...bodies[2], ...headersOf(kind) },
        body: '"[{}]"',
      });
      expect(answer.status, `${kind} ${procedure}`).toBe(403);
      countRepelled();
    }
    for (const method of methods) {
      for (const type of bodies) {
        const headers = { ...type, ...headersOf(kind) };
        expect((await alpha.ask('/logout', { method, headers, body: 'x' })).status).toBe(403);
        countRepelled();
      }
    }
  });
});

it('is still logged in and a friend after all of that', async () => {
  expect((await alpha.get('/friends')).text).toContain('/friends/remove/beta');
});

describe('changing state by a link', () => {
  it('is not possible: procedures that change something take no GET', async () => {
    const mutations = listProcedures().filter(({ type }) => type === 'mutation');
    expect(mutations.length).toBeGreaterThan(5);
    for (const { name } of mutations) {
      const answer = await alpha.get(`/api/trpc/${name}?input=${encodeURIComponent('"[{}]"')}`);
      expect(answer.status, name).toBe(405);
      countRepelled();
    }
  });

  it('is not possible: looking at the page of a code, of a removal, of a link or of log-out does nothing', async () => {
    const gamma = createVisitor(world.url);
    await enter(world, gamma, 'gamma');
    const code = /\/friends\/add\/([0-9A-Z-]{11})/.exec((await gamma.get('/friends')).text)?.[1];
    const [join] = /\/friends\/join\/[\w-]{22}/.exec((await gamma.post('/friends/invite', {})).text) ?? [''];
    expect(join).not.toBe('');
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      for (const path of [
        `/friends/add/${code}`,
        join,
        '/friends/remove/beta',
        '/logout',
        '/friends?intent=remove&username=beta',
      ]) {
        await alpha.ask(path, { method });
      }
    }
    const friends = (await alpha.get('/friends')).text;
    expect(friends).toContain('/friends/remove/beta');
    expect(friends).not.toContain('Pending');
    expect((await gamma.get('/friends')).text).not.toContain('alpha');
    countRepelled(3 * 5);
  });
});

describe('our own forms and clients', () => {
  it('are let through: with the origin of this site, or without a cookie', async () => {
    expect((await alpha.post('/friends', { intent: 'add', code: 'x' })).status).toBe(400);
    const client = createVisitor(world.url);
    const token = alpha.cookies.get('bff');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await client.ask('/api/trpc/drafts.discard', {
      method: 'POST',
      headers,
      body: JSON.stringify(JSON.stringify([{ id: 1 }, '0'.repeat(24)])),
    });
    expect(answer.status).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Answer, createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { addressOf, type BuiltRoute, routesOfBuild } from '#tests/support/installation-routes.ts';
import { outsiders, type Scene, setScene } from '#tests/support/journey-trespassers.ts';
import { type PageAccess, pages } from './access-table.ts';

let world: ServedInstallation;
let scene: Scene;
let routes: BuiltRoute[];
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  scene = await setScene(world);
  routes = await routesOfBuild();
});
afterAll(() => world.close());

/** A pattern's real address, at the letter, the draft, the friend or the code of the scene. */
function realAddress(pattern: string): string {
  const id = pattern.startsWith('/drafts/') ? scene.draftId : scene.letterId;
  return addressOf(pattern, { id, n: '0', username: 'beta', code: scene.code, token: 'A'.repeat(43) });
}
const unknownAddress = (pattern: string) => addressOf(pattern, { n: '0', username: 'nobody_at_all' });
const of = (...access: PageAccess[]) => {
  const found = routes.filter(({ pattern }) => access.includes(pages[pattern] ?? 'anyone'));
  expect(found.length, access.join()).toBeGreaterThan(0);
  return found;
};
const guarded: PageAccess[] = ['person', 'letter', 'draft', 'friend'];

/** Everything a page can be asked: the page, its data, and its form. */
async function askAll(
  visitor: Visitor,
  route: BuiltRoute,
  address: string,
): Promise<{ how: string; answer: Answer }[]> {
  const asked = [
    { how: 'GET', answer: await visitor.get(address) },
    { how: 'HEAD', answer: await visitor.ask(address, { method: 'HEAD' }) },
  ];
  if (route.hasPage || route.hasLoader)
    asked.push({ how: 'data', answer: await visitor.get(`${address}.data`) });
  if (route.hasAction) {
    const fields = {
      username: 'beta',
      intent: 'remove',
      discard: scene.draftId,
      position: '9',
      current: 'x',
    };
    asked.push({ how: 'POST', answer: await visitor.post(address, fields) });
  }
  return asked;
}

const shown = (answer: Answer) =>
  answer.text
    .replace(/<script\b.*?<\/script>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the table of pages', () => {
  it('has every address there is', () => {
    const unknown = routes.map(({ pattern }) => pattern).filter((pattern) => !(pattern in pages));
    expect(unknown, 'say in tests/security/access-table.ts who may open these').toEqual([]);
    expect(routes.length).toBeGreaterThan(20);
    expect(Object.keys(pages).sort()).toEqual(routes.map(({ pattern }) => pattern).sort());
  });

  it('is worth something: the two friends do see what is kept from the others', async () => {
    const [title = '', body = '', caption = '', draftTitle = ''] = scene.secrets;
    const letter = await scene.beta.get(`/letters/${scene.letterId}`);
    for (const text of [title, body, caption]) expect(letter.text).toContain(text);
    expect((await scene.alpha.get('/drafts')).text).toContain(draftTitle);
  });
});

describe.each(['nobody', 'joining'] as const)('%s', (who) => {
  it('is sent away from every page of a person, with nothing on it', async () => {
    const visitor = scene.trespassers[who];
    const door = who === 'nobody' ? /^\/login(\?next=%2F|$)/ : /^\/join\/words$/;
    for (const route of of(...guarded)) {
      const asked = await askAll(visitor, route, realAddress(route.pattern));
      for (const { how, answer } of asked) {
        const what = `${how} ${route.pattern}`;
        for (const secret of scene.secrets) expect(answer.text, what).not.toContain(secret);
        if (how === 'data') continue;
        // An address without a page refuses the method before it asks who it is.
        if (!route.hasLoader && how !== 'POST') {
          expect(answer.status, what).toBe(400);
          continue;
        }
        // A letter that was being written when the session ended is handed back with the refusal.
        if (how === 'POST' && answer.status === 401) continue;
        if (route.pattern === '/api/news') {
          // Asked by the script of a page, which follows no redirect.
          expect([answer.status, answer.bytes.length], what).toEqual([401, 0]);
          continue;
        }
        expect(answer.status, what).toBe(302);
        expect(answer.location, what).toMatch(door);
        expect(answer.bytes.length, what).toBe(0);
      }
      countRepelled(asked.length);
    }
  });
});

describe('nobody', () => {
  it('sees no recovery words', async () => {
    for (const { pattern } of of('joining')) {
      const answer = await scene.trespassers.nobody.get(pattern);
      expect(answer).toMatchObject({ status: 302, location: '/login' });
      countRepelled();
    }
  });

  it('learns of the owner of a code the display name and nothing else', async () => {
    // Somebody else: an opened invitation is remembered.
    const nobody = createVisitor(world.url);
    const { joining } = scene.trespassers;
    const address = `/friends/add/${scene.code}`;
    for (const path of [address, `${address}.data`]) {
      const { text } = await nobody.get(path);
      expect(text).toContain('beta');
      for (const secret of ['beta@example.test', '"username"', ...scene.secrets.slice(0, 5)])
        expect(text).not.toContain(secret);
    }
    expect(await nobody.post(address, {})).toMatchObject({ status: 302, location: '/login' });
    for (const answer of [await joining.get(address), await joining.post(address, {})])
      expect(answer).toMatchObject({ status: 302, location: '/join/words' });
    countRepelled(5);
  });

  it('sees the public pages, and nothing of anybody on them', async () => {
    for (const { pattern, hasPage } of of('anyone')) {
      if (!hasPage) continue;
      const answer = await scene.trespassers.nobody.get(realAddress(pattern));
      expect(answer.status, pattern).toBeLessThan(500);
      for (const secret of [...scene.secrets, 'alpha@example.test', 'beta']) {
        expect(shown(answer), pattern).not.toMatch(new RegExp(`\\b${secret}\\b`));
      }
      countRepelled();
    }
  });
});

describe.each(outsiders)('%s', (who) => {
  it('gets the answer of a letter, draft or friend that does not exist, by every way of asking', async () => {
    const stranger = scene.trespassers[who];
    // Somebody who was blocked is not told: for them, the friend is still one.
    const owned = who === 'blocked' ? of('letter', 'draft') : of('letter', 'draft', 'friend');
    expect(owned.length).toBeGreaterThan(4);
    for (const route of owned) {
      const real = await askAll(stranger, route, realAddress(route.pattern));
      const unknown = await askAll(stranger, route, unknownAddress(route.pattern));
      for (const [n, { how, answer }] of real.entries()) {
        const what = `${how} ${route.pattern}`;
        expect([403, 404, ...(how === 'data' || !route.hasLoader ? [200, 204, 400] : [])], what).toContain(
          answer.status,
        );
        expect(answer.status, what).toBe(unknown[n]?.answer.status);
        if (unknown[n] && how !== 'data') expect(shown(answer), what).toBe(shown(unknown[n].answer));
        for (const secret of scene.secrets) expect(answer.text, what).not.toContain(secret);
        countRepelled();
      }
    }
  });

  it('finds nothing of others in the own lists', async () => {
    for (const { pattern } of of('person')) {
      const answer = await scene.trespassers[who].get(realAddress(pattern));
      for (const secret of scene.secrets) expect(answer.text, pattern).not.toContain(secret);
      countRepelled();
    }
  });
});

describe('a stranger', () => {
  it('learns of the owner of a code the name and nothing else, and is not a friend by asking', async () => {
    const { stranger } = scene.trespassers;
    const page = await stranger.get(`/friends/add/${scene.code}`);
    expect(page.text).toContain('beta');
    expect(page.text).not.toContain('beta@example.test');
    await stranger.post(`/friends/add/${scene.code}`, {});
    expect((await stranger.get('/friends/remove/beta')).status).toBe(404);
    expect((await stranger.get('/write?to=beta')).text).not.toContain('value="beta"');
    countRepelled(3);
  });
});

describe.each(['removed', 'blocked'] as const)('a friend who was %s', (who) => {
  it('reaches nobody with a letter or a new request', async () => {
    const visitor = scene.trespassers[who];
    const before = (await scene.beta.get('/inbox')).text.match(/\/letters\/[0-9a-f]{24}/g)?.length;
    const letter = {
      to: 'beta',
      title: 'Let me in',
      body: 'Please.',
      letterId: 'c'.repeat(24),
      version: '0',
    };
    await visitor.upload('/write', { ...letter, intent: 'send' }, []);
    await visitor.post(`/friends/add/${scene.code}`, {});
    await world.settle();
    const inbox = await scene.beta.get('/inbox');
    expect(inbox.text).not.toContain('Let me in');
    expect(inbox.text.match(/\/letters\/[0-9a-f]{24}/g)?.length).toBe(before);
    expect((await scene.beta.get(`/letters/${'c'.repeat(24)}`)).status).toBe(404);
    const friends = shown(await scene.beta.get('/friends'));
    if (who === 'blocked') expect(friends).not.toMatch(/blocked (asks|wants|would like)/i);
    // A script of the page is called with-secret: its address says so.
    expect((await visitor.get('/inbox')).text.replaceAll('with-secret', '')).not.toContain('secret');
    countRepelled(2);
  });
});

describe('a friend', () => {
  it('does not see the drafts of the other', async () => {
    for (const path of [`/drafts/${scene.draftId}/photos/0`, `/letters/${scene.draftId}/photos/0`]) {
      expect((await scene.beta.get(path)).status).toBe(404);
    }
    expect((await scene.beta.get(`/write?draft=${scene.draftId}`)).status).toBe(404);
    expect((await scene.beta.get(`/letters/${scene.draftId}`)).status).toBe(404);
    countRepelled(4);
  });

  it('who wrote cannot set the reading place of the one who reads', async () => {
    const path = `/letters/${scene.letterId}/place`;
    expect((await scene.alpha.post(path, { position: '500' })).status).toBe(404);
    countRepelled();
    expect((await scene.beta.post(path, { position: '500' })).status).toBe(204);
  });
});

it('has changed nothing: the draft is there and the two are friends', async () => {
  expect((await scene.alpha.get(`/write?draft=${scene.draftId}`)).text).toContain('secret draft body');
  expect((await scene.alpha.get('/friends')).text).toContain('/friends/remove/beta');
  expect(world.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

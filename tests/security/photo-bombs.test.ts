import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { rules } from '#server/limits/rules.ts';
import { median } from '#tests/support/compare-times.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, jpeg, unescapeHtml, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';
import { commentBomb, frameBomb, heavyPng, scanBomb } from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let attacker: Visitor;
let other: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  attacker = createVisitor(world.url);
  await enter(world, attacker, 'alpha');
  other = createVisitor(world.url);
  await enter(world, other, 'beta');
}, 120_000);
afterAll(() => world.close());

const save = (photos: Uint8Array[], visitor = attacker) =>
  visitor.upload(
    '/write',
    { letterId: newId(), version: '0', to: '', title: 'A bomb', body: 'Tick.', intent: 'save' },
    photos.map((photo, n) => jpeg(photo, `${n}.jpg`)),
  );

async function logInMs(): Promise<number> {
  const began = performance.now();
  const answer = await createVisitor(world.url).post('/login', {
    username: 'beta',
    password: 'wrong password',
  });
  expect(answer.status).toBe(401);
  return performance.now() - began;
}

describe('a photo of 190 kB with thousands of scans', () => {
  it('is refused by its structure, and keeps nobody else from logging in', async () => {
    const bomb = await scanBomb(6_000);
    expect(bomb.length).toBeGreaterThan(150_000);
    const pairs: { quiet: number; besieged: number }[] = [];
    for (let n = 0; n < 7; n += 1) {
      const quiet = await logInMs();
      const attack = save([bomb, bomb]);
      const besieged = await logInMs();
      pairs.push({ quiet, besieged });
      const { status, text } = await attack;
      expect(status).toBe(400);
      expect(unescapeHtml(text)).toContain('“0.jpg”: This photo file is unusually complex.');
      countRepelled(2);
    }
    // Once it was eleven times as long.
    const [quiet, besieged] = [
      median(pairs.map((pair) => pair.quiet)),
      median(pairs.map((pair) => pair.besieged)),
    ];
    expect(besieged, `${besieged} ms, ${quiet} ms alone`).toBeLessThan(4 * quiet);
  }, 240_000);
});

describe('a photo that is small to send and dear to decode', () => {
  it.each([
    // Fewer parts than a file may have: each of these is refused for what it has too many of, and for nothing else.
    ['scans', () => scanBomb(1_000)],
    ['comments', () => commentBomb()],
    ['frames', () => frameBomb(4_000)],
  ])('for its %s is refused by its structure', async (_, make) => {
    const { status, text } = await save([await make()]);
    expect(status).toBe(400);
    expect(unescapeHtml(text)).toContain('This photo file is unusually complex.');
    countRepelled();
  });
});

describe('the seconds of the processor that photos take', () => {
  it('are counted by account, and used up by one they are not by another', async () => {
    const limited = await serveInstallation();
    try {
      const [greedy, modest] = [createVisitor(limited.url), createVisitor(limited.url)];
      await enter(limited, greedy, 'alpha');
      await enter(limited, modest, 'beta');
      const { limits, stores } = limited.container;
      const { id = '' } = (await stores.users.findByUsername('alpha')) ?? {};
      // Two are left: one for a photo that takes no time, and one for the next.
      await limits.count('photo seconds by account', id, rules['photo seconds by account'].points - 2);
      expect((await save([await heavyPng(4_000, 4_000)], greedy)).status).toBe(302);
      const small = await makePhoto(1, { width: 300, height: 200 });
      const refused = await save([small], greedy);
      expect(refused.status).toBe(400);
      expect(unescapeHtml(refused.text)).toMatch(/“0.jpg”: Too many tries/);
      expect((await save([small], modest)).status).toBe(302);
      countRepelled();
    } finally {
      await limited.close();
    }
  }, 240_000);
});

describe('photos that take long, several of one account', () => {
  it('delay another’s photo by one of them, not by all', async () => {
    const slow = await scanBomb(50, 7_000);
    const done: string[] = [];
    const attack = save(Array<Uint8Array>(6).fill(slow)).then(() => done.push('attacker'));
    await wait(1_000);
    await save([await makePhoto(1, { width: 300, height: 200 })], other).then(({ status }) => {
      expect(status).toBe(302);
      done.push('other');
    });
    await attack;
    expect(done).toEqual(['other', 'attacker']);
    countRepelled();
  }, 240_000);
});

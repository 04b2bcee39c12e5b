import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { median } from '#tests/support/compare-times.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, jpeg, unescapeHtml, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { enter } from '#tests/support/journey-visitors.ts';
import { scanBomb } from '#tests/support/make-hostile-photos.ts';

let world: ServedInstallation;
let attacker: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  attacker = createVisitor(world.url);
  await enter(world, attacker, 'alpha');
  await enter(world, createVisitor(world.url), 'beta');
}, 120_000);
afterAll(() => world.close());

const save = (photos: Uint8Array[]) =>
  attacker.upload(
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
      expect(unescapeHtml(text)).toContain('“0.jpg”: This photo is put together in far too many pieces.');
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

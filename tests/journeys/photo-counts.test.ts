import { afterAll, beforeAll, expect, it } from 'vitest';
import { createVisitor, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let alpha: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  alpha = createVisitor(world.url);
  const beta = createVisitor(world.url);
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(() => world.close());

it('a draft says how many photos it has, one in the singular and none not at all', async () => {
  for (const count of [0, 1, 2]) {
    const seeds = Array.from({ length: count }, (_, n) => n);
    const photos = await Promise.all(
      seeds.map(async (seed) => jpeg(await makePhoto(seed, { width: 60, height: 40 }))),
    );
    await writeByForm(alpha, 'save', { to: 'beta', title: `With ${count}`, body: 'Look.', photos });
  }
  const { text } = await alpha.get('/drafts');
  const drafts = text.split('<article').slice(1);
  const shown = drafts.map((draft) => [/With \d/.exec(draft)?.[0], />(\d+ photos?)</.exec(draft)?.[1]]);
  expect(shown).toEqual([
    ['With 2', '2 photos'],
    ['With 1', '1 photo'],
    ['With 0', undefined],
  ]);
});

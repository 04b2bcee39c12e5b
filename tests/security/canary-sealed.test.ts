import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaks, placesOf, watchOutput } from '#tests/support/canary-places.ts';
import { playSealedScene, type SealedScene } from '#tests/support/canary-sealed-scene.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';

/** What canary.test.ts searches for forms, for people whose letters and passwords never reach the server. */
let world: ServedInstallation;
let output: ReturnType<typeof watchOutput>;
let scene: SealedScene;
beforeAll(async () => {
  output = watchOutput();
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  scene = await playSealedScene(world);
});
afterAll(async () => {
  output.stop();
  await world.close();
});

describe('what people with sealed sessions wrote, drafted, read and typed', () => {
  it('is in no request of theirs and in no answer to one', () => {
    expect(scene.requests.length).toBeGreaterThan(30);
    expect(leaks([...scene.requests, ...scene.answers], scene.secrets)).toEqual([]);
  });

  it('is in no file, job, mail, log or output, and neither is what proves a password or words', async () => {
    const places = await placesOf(world, output.printed);
    const mails = [/^mail "alpha sent/, /^mail "Is this your new email/, /^mail "Approve your new email/];
    for (const kind of [/^file .*sqlite$/, /^job letter\.deliver/, ...mails, /^log/])
      expect(places.filter(({ name }) => kind.test(name)).length, String(kind)).toBeGreaterThan(0);
    expect(leaks(places, [...scene.secrets, ...scene.proofs])).toEqual([]);
    expect(leaks(scene.answers, scene.proofs)).toEqual([]);
  });

  it('is found by this search where it is open, and the proofs where they are sent', () => {
    const open = leaks(scene.opened, scene.secrets);
    for (const name of [
      'title',
      'body',
      'caption',
      'description',
      'draft title',
      'draft body',
      'stamp idea',
      'photo as read',
    ])
      expect(
        open.some((line) => line.includes(`: ${name} as`)),
        name,
      ).toBe(true);
    expect(leaks(scene.requests, scene.proofs).length).toBeGreaterThan(scene.proofs.length - 1);
  });
});

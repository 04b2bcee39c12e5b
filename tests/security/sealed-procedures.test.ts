import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newId } from '#core/id.ts';
import { appRouter } from '#server/router.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Installation, openInstallation, type TestCaller } from '#tests/support/installation.ts';
import { makeFriends, type Person } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

/** Field names that only the plaintext of a letter has; feedback has a subject and a message. */
const plain = [
  'title',
  'body',
  'caption',
  'captions',
  'alt',
  'altTexts',
  'content',
  'newPhotos',
  'newCaptions',
];
const procedures = Object.entries(
  (appRouter._def as unknown as { procedures: Record<string, { _def: { inputs: z.ZodType[] } }> }).procedures,
);

let world: Installation;
let alpha: Person;
let letterId: string;
const draftId = newId();
const marks = { title: 'Kanarientitel', body: 'Kanarientext', caption: 'Kanarienzeile' };

beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  ({ alpha } = await makeFriends(world));
  letterId = newId();
  const { inClear } = await world.as(alpha);
  for (const id of [letterId, draftId]) {
    const words = { to: 'beta', title: marks.title, body: marks.body };
    const photo = await makePhoto(1, { width: 64, height: 48 });
    await inClear.saveDraft({
      draftId: id,
      version: 0,
      ...words,
      newPhotos: [photo],
      newCaptions: [marks.caption],
    });
  }
  await inClear.sendLetter({ letterId, to: 'beta', title: marks.title, body: marks.body });
  await world.settle();
});
afterAll(() => world.close());

/** Every query about letters and drafts, asked in a session whose keys the server could open. */
const asked: Record<string, (api: TestCaller) => Promise<unknown>> = {
  'letters.inbox': (api) => api.letters.inbox({}),
  'letters.thread': (api) => api.letters.thread({ username: 'beta' }),
  'letters.latest': (api) => api.letters.latest(),
  'letters.sent': (api) => api.letters.sent({}),
  'letters.countNew': (api) => api.letters.countNew(),
  'letters.get': (api) => api.letters.get({ id: letterId }),
  'letters.photo': (api) => api.letters.photo({ id: letterId, n: 0 }),
  'drafts.list': (api) => api.drafts.list({}),
  'drafts.get': (api) => api.drafts.get({ id: draftId }),
  'drafts.photo': (api) => api.drafts.photo({ id: draftId, n: 0 }),
};

describe('no procedure', () => {
  it('takes a letter or a draft in the clear', () => {
    expect(procedures.length).toBeGreaterThan(60);
    for (const [name, { _def }] of procedures) {
      for (const input of _def.inputs) {
        const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
        const named = [...JSON.stringify(schema).matchAll(/"(\w+)":\{/g)].map(([, field]) => field ?? '');
        expect(
          named.filter((field) => plain.includes(field)),
          name,
        ).toEqual([]);
      }
      countRepelled();
    }
  });

  it('returns one: what is asked about letters, drafts and photos comes sealed', async () => {
    const queries = procedures.filter(
      ([name, { _def }]) =>
        /^(letters|drafts)\./.test(name) && (_def as unknown as { type: string }).type === 'query',
    );
    expect(queries.map(([name]) => name).sort()).toEqual(Object.keys(asked).sort());
    const api = await world.as(alpha);
    for (const [name, ask] of Object.entries(asked)) {
      const text = JSON.stringify(await ask(api), (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      );
      for (const mark of Object.values(marks)) expect(text, name).not.toContain(mark);
      // The beginning of a JPEG, as a letter carries it.
      expect(text, name).not.toContain('JFIF');
      countRepelled();
    }
  });
});

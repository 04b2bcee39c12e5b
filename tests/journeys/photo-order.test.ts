import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVisitor, type Fields, inputsOf, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let alpha: Visitor;
let beta: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
  await enter(world, alpha, 'alpha');
  await enter(world, beta, 'beta');
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(() => world.close());

const words = { to: 'beta', title: 'In a row', body: 'Look at these.' };
const captions = ['one', 'two', 'three'];

async function draftWithPhotos(): Promise<string> {
  const photos = await Promise.all(
    captions.map(async (_, n) => jpeg(await makePhoto(n, { width: 60 + n, height: 40 }))),
  );
  return writeByForm(alpha, 'save', { ...words, captions, photos });
}

/** The form as the page has it, its lines in their order. */
function formOf(html: string): { fields: [string, string][]; order: string[] } {
  const { letterId = '', version = '' } = inputsOf(html);
  const lines = [...html.matchAll(/name="(caption-[0-9a-f]{24})"[^>]* value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  const fields = [...Object.entries({ letterId, version, ...words }), ...lines] as [string, string][];
  return { fields, order: lines.map(([, value]) => value) };
}
const press = (fields: Fields, intent: string) =>
  alpha.upload('/write', [...(fields as [string, string][]), ['intent', intent]], []);
const idOf = (fields: [string, string][], line: string) =>
  fields.find(([name, value]) => name.startsWith('caption-') && value === line)?.[0].slice('caption-'.length);

describe('the photos of a letter, without JavaScript', () => {
  it('are moved by buttons that save the draft, and the friend has them in this order', async () => {
    const id = await draftWithPhotos();
    const page = async () => formOf((await alpha.get(`/write?draft=${id}`)).text);
    let { fields, order } = await page();
    expect(order).toEqual(['one', 'two', 'three']);
    for (const [intent, line, now] of [
      ['later', 'one', ['two', 'one', 'three']],
      ['later', 'one', ['two', 'three', 'one']],
      // There it stays.
      ['later', 'one', ['two', 'three', 'one']],
      ['earlier', 'three', ['three', 'two', 'one']],
    ] as const) {
      const photoId = idOf(fields, line);
      const answer = await press(fields, `${intent} ${photoId}`);
      expect(answer.status).toBe(302);
      expect(answer.location).toBe(`/write?draft=${id}&done=saved#caption-${photoId}`);
      ({ fields, order } = await page());
      expect(order).toEqual(now);
    }

    expect((await press(fields, 'send')).location).toBe(`/letters/${id}/sent`);
    await world.settle();
    const letter = (await beta.get(`/letters/${id}`)).text;
    const shown = [...letter.matchAll(/<figcaption[^>]*>(.*?)<\/figcaption>/g)].map(([, line]) => line);
    expect(shown).toEqual(['three', 'two', 'one']);
    expect(letter).not.toContain('damaged');
  });

  it('stay as they were put when a letter is refused, each beside its line', async () => {
    const id = await draftWithPhotos();
    const { fields } = formOf((await alpha.get(`/write?draft=${id}`)).text);
    const [one, two] = ['one', 'two'].map((line) => idOf(fields, line) ?? '');
    const refused = fields.map(([name, value]): [string, string] => [name, name === 'body' ? ' ' : value]);
    // As a script leaves them that was not heard yet.
    const swapped = refused.toSpliced(
      refused.findIndex(([name]) => name === `caption-${one}`),
      2,
      [`caption-${two}`, 'two'],
      [`caption-${one}`, 'one'],
    );
    const answer = await press(swapped, 'send');
    expect(answer.status).toBe(400);
    expect(formOf(answer.text).order).toEqual(['two', 'one', 'three']);
    expect(answer.text).toContain(`/drafts/${id}/photos/${two}?size=preview`);
    const picture = await alpha.get(`/drafts/${id}/photos/${two}?size=preview`);
    expect(picture.headers['content-type']).toBe('image/jpeg');
    expect((await beta.get(`/drafts/${id}/photos/${two}?size=preview`)).status).toBe(404);
    // A photo that is not there, and words that are none.
    for (const intent of [`earlier ${'f'.repeat(24)}`, 'later', 'later x', 'constructor x']) {
      const { fields: now, order } = formOf((await alpha.get(`/write?draft=${id}`)).text);
      expect((await press(now, intent)).location, intent).toMatch(/^\/write\?draft=/);
      expect(formOf((await alpha.get(`/write?draft=${id}`)).text).order, intent).toEqual(order);
    }
  });

  it('stand in the text where they were put, follow the photos that move, and are described', async () => {
    const id = await draftWithPhotos();
    const page = async () => formOf((await alpha.get(`/write?draft=${id}`)).text);
    const first = await page();
    const bodyOf = async () =>
      /<textarea[^>]*name="body"[^>]*>([^<]*)</
        .exec((await alpha.get(`/write?draft=${id}`)).text)?.[1]
        ?.trim();
    const [one = '', two = ''] = ['one', 'two'].map((line) => idOf(first.fields, line));
    const body = 'By the lake.\r\n\r\n[photo 2]\r\n\r\nThen rain.\r\n[photo 1]\r\n[photo 9]';
    const typed = (fields: [string, string][], more: [string, string][] = []) => [
      ...fields.map(([name, value]): [string, string] => [name, name === 'body' ? body : value]),
      ...more,
    ];
    await press(typed(first.fields, [[`alt-${two}`, 'A door & a "cat"']]), `later ${one}`);
    expect(await bodyOf()).toBe('By the lake.\n\n[photo 1]\n\nThen rain.\n[photo 2]\n[photo 9]');

    // The first photo is removed: its line goes, and the other is the first now.
    const { fields } = await page();
    const again = fields.map(([name, value]): [string, string] => [
      name,
      name === 'body' ? 'A\n\n[photo 1]\n\nB\n\n[photo 2]\n\nC\n\n[photo 9]' : value,
    ]);
    await press([...again, ['removePhoto', one]], 'save');
    const kept = await page();
    expect(kept.order).toEqual(['two', 'three']);
    expect(await bodyOf()).toBe('A\n\n[photo 1]\n\nB\n\nC\n\n[photo 9]');

    const sent = kept.fields.map(([name, value]): [string, string] => [
      name,
      name === 'body' ? 'A\n\n[photo 1]\n\nB\n\n[photo 9]' : value,
    ]);
    expect((await press(sent, 'send')).location).toBe(`/letters/${id}/sent`);
    await world.settle();
    const letter = /<article.*<\/article>/s.exec((await beta.get(`/letters/${id}`)).text)?.[0] ?? '';
    expect(letter).toMatch(/>A<\/p>.*id="photo-1".*>B<\/p>.*\[photo 9\].*class="gallery".*id="photo-2"/s);
    expect(letter).not.toContain('[photo 1]');
    expect(letter).toContain('alt="A door &amp; a &quot;cat&quot;"');
    expect((await beta.get(`/letters/${id}/photos/0/view`)).text).toContain(
      'alt="A door &amp; a &quot;cat&quot;"',
    );
  });

  it('take the places of those that were refused with them', async () => {
    const { letterId = '', version = '' } = inputsOf((await alpha.get('/write?to=beta')).text);
    const files = [
      jpeg(new TextEncoder().encode('not a photo')),
      jpeg(await makePhoto(9, { width: 60, height: 40 })),
    ];
    const body = 'A\n\n[photo 1]\n\nB\n\n[photo 2]';
    const answer = await alpha.upload(
      '/write',
      [
        ...Object.entries({ ...words, letterId, version, body }),
        ['newAlt', ''],
        ['newAlt', 'x'.repeat(501)],
        ['intent', 'save'],
      ],
      files,
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('This description is too long.');
    const second = await alpha.upload(
      '/write',
      [
        ...Object.entries({ ...words, letterId, version, body }),
        ['newAlt', ''],
        ['newAlt', 'The sea'],
        ['intent', 'save'],
      ],
      files,
    );
    expect(second.status).toBe(400);
    expect(second.text).toMatch(/<textarea[^>]*>\s*A\n\nB\n\n\[photo 1\]</);
    expect(second.text).toMatch(/name="alt-[0-9a-f]{24}"[^>]*value="The sea"/);
  });
});

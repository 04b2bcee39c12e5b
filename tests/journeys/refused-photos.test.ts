import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '#core/id.ts';
import { standsStillText } from '#core/photos/photo-advice.ts';
import { readCase } from '#tests/support/cases/read-case.ts';
import { createVisitor, jpeg, unescapeHtml, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter } from '#tests/support/journey-visitors.ts';
import { frameBomb, scanBomb } from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let author: Visitor;
beforeAll(async () => {
  world = await serveInstallation();
  author = createVisitor(world.url);
  await enter(world, author, 'alpha');
  // Who has no friends has nobody to write to.
  const friend = createVisitor(world.url);
  await enter(world, friend, 'beta');
  await befriendByForms(author, friend, 'alpha');
}, 120_000);
afterAll(() => world.close());

async function save(files: [name: string, caption: string, bytes: Uint8Array][]) {
  const letterId = newId();
  const words = { letterId, version: '0', to: '', title: 'Two of them', body: 'Look.', intent: 'save' };
  const fields: [string, string][] = [
    ...Object.entries(words),
    ...files.map(([, caption]): [string, string] => ['newCaption', caption]),
  ];
  const answer = await author.upload(
    '/write',
    fields,
    files.map(([name, , bytes]) => ({ ...jpeg(bytes), name })),
  );
  const captions = [...answer.text.matchAll(/name="caption-[0-9a-f]{24}"[^>]* value="([^"]*)"/g)].map(
    ([, caption]) => caption,
  );
  return { status: answer.status, html: answer.text, said: unescapeHtml(answer.text), captions };
}

describe('without JavaScript', () => {
  it.each([['second'], ['first']])(
    'a damaged %s photo is named by its file, and the other keeps its words',
    async (which) => {
      const lake: [string, string, Uint8Array] = [
        'lake.jpg',
        'the lake',
        await makePhoto(3, { width: 640, height: 480 }),
      ];
      const cut: [string, string, Uint8Array] = [
        'names-second-file-truncated.jpg',
        'cut off',
        await readCase('names-second-file-truncated.jpg'),
      ];
      const { status, said, captions } = await save(which === 'second' ? [lake, cut] : [cut, lake]);
      expect(status).toBe(400);
      expect(said).toContain('“names-second-file-truncated.jpg”: We can’t open this photo');
      expect(said).not.toContain('“lake.jpg”:');
      expect(captions).toEqual(['the lake']);
    },
  );

  it('a fault of ours while a photo is prepared keeps the words, and is logged once', async () => {
    const before = world.logLines.length;
    const fault = vi
      .spyOn(world.container.photos, 'processPhoto')
      .mockRejectedValueOnce(new Error('LEAKEDFAULT'));
    const lake = await makePhoto(3, { width: 640, height: 480 });
    const { status, said, captions } = await save([
      ['cat.jpg', 'the cat', lake],
      ['lake.jpg', 'the lake', lake],
    ]).finally(() => fault.mockRestore());
    expect(status).toBe(400);
    expect(said).toContain('“cat.jpg”: We couldn’t read this photo just now');
    expect(said).toContain('Your text is still here');
    expect(said).toContain('value="Two of them"');
    expect(said).toContain('Look.</textarea>');
    expect(said).not.toContain('LEAKEDFAULT');
    expect(captions).toEqual(['the lake']);
    const errors = world.logLines.slice(before).filter((line) => line.includes('"level":"error"'));
    expect(errors.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'photo not prepared', error: 'Error' },
    ]);
    expect(errors.join()).not.toContain('LEAKEDFAULT');
  });

  it('of several, each is an item of its own', async () => {
    const text = (words: string) => new TextEncoder().encode(words);
    const { html, captions } = await save([
      ['page.jpg', 'a page', text('<!doctype html><p>Hello')],
      ['lake.jpg', 'the lake', await makePhoto(3, { width: 640, height: 480 })],
      ['note.jpg', 'a note', text('only words')],
      ['scans.jpg', 'in pieces', await scanBomb(300, 64)],
    ]);
    const list = /<ul id="photos-error"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
    const items = [...list.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item]) => unescapeHtml(item ?? ''));
    expect(items).toEqual([
      expect.stringMatching(/^“page.jpg”: This is a document, not a photo/),
      expect.stringMatching(/^“note.jpg”: This file isn’t a photo/),
      // Nothing is broken about it: another copy as it is would not help.
      expect.stringMatching(/^“scans.jpg”: This photo file is unusually complex.*Save a new copy/),
    ]);
    const summary = /class="error-summary"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
    expect(summary).toContain('<a href="#photos">Photos</a>');
    expect(summary).not.toContain('page.jpg');
    expect(captions).toEqual(['the lake']);
  });

  it('a moving photo that will stand still gets its word, and is kept', async () => {
    const { said, captions } = await save([['many.gif', 'it danced', frameBomb(400)]]);
    expect(said).toContain(`“many.gif”: ${standsStillText}`);
    expect(captions).toEqual(['it danced']);
  });
});

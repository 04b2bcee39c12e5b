import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { openTerminal, type Terminal } from '#tests/support/command-line.ts';
import { createVisitor, unescapeHtml, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makeFriends, type Person, testPassword } from '#tests/support/journey-people.ts';

let world: ServedInstallation;
let alpha: Person;
let beta: Person;
let terminal: Terminal;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  ({ alpha, beta } = await makeFriends(world));
  terminal = await openTerminal();
  await terminal.bff(['login', world.url, '--username', 'beta', '--password-stdin'], testPassword);
});
afterAll(async () => {
  await terminal.close();
  await world.close();
});

const readCase = (name: string) => readFile(`tests/support/cases/${name}`, 'utf8');

function sitDown({ token }: Person): Visitor {
  const visitor = createVisitor(world.url);
  visitor.cookies.set('bff', token);
  return visitor;
}

/** Writes by the plain form; the id of the letter. */
async function write(words: { title: string; body: string }): Promise<string> {
  const fields = { letterId: newId(), version: '0', author: 'alpha', to: 'beta', ...words, intent: 'send' };
  const { location, text } = await sitDown(alpha).upload('/write', fields, []);
  const [, id = ''] = /^\/letters\/([0-9a-f]{24})\/sent$/.exec(location ?? '') ?? [];
  expect(id, text).not.toBe('');
  await world.settle();
  return id;
}

const pageOf = async (id: string) => (await sitDown(beta).get(`/letters/${id}`)).text;
const titleOn = (html: string) =>
  unescapeHtml(/<h1 class="sheet-title"><span>(.*?)<\/span>/s.exec(html)?.[1] ?? '').replaceAll(
    '<!-- -->',
    '',
  );
const paragraphsOn = (html: string) => {
  const [, text = ''] = /<div class="letter-text">(.*?)<\/div>/s.exec(html) ?? [];
  return [...text.matchAll(/<p\b[^>]*>(.*?)<\/p>/gs)].map(([, inner = '']) => inner);
};

describe('the words of a letter, written by the plain form', () => {
  it.each(['text-title-2cjk.txt', 'text-title-heart.txt'])('have the title of %s', async (file) => {
    const title = (await readCase(file)).trim();
    const id = await write({ title: await readCase(file), body: 'x' });
    expect(titleOn(await pageOf(id))).toBe(title);
    const inbox = unescapeHtml((await sitDown(beta).get('/inbox')).text);
    expect(inbox).toContain(`envelope-title">${title}<`);
  });

  it.each(['', ' ', '\u2060'])('need no title: %j', async (title) => {
    const id = await write({ title, body: 'without a name' });
    expect(titleOn(await pageOf(id))).toBe('A letter from alpha');
    for (const [person, path] of [
      [beta, '/inbox'],
      [alpha, '/sent'],
    ] as const) {
      const list = (await sitDown(person).get(path)).text;
      expect(list).toContain('envelope-title">A letter<');
    }
  });

  it('link what is an address, and nothing beside it', async () => {
    const id = await write({ title: 'Links', body: await readCase('text-links.txt') });
    const found = [
      ...paragraphsOn(await pageOf(id))
        .join('')
        .matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g),
    ];
    const mail = 'mailto:anna@example.com?subject=Hi%20there';
    const expected = [...Array.from({ length: 8 }, () => 'https://example.com/a'), mail];
    expect(found.map(([, href]) => href)).toEqual(expected);
    expect(found.map(([, , text]) => text)).toEqual(expected);
  });

  it('begin with the blank lines they were given, and break where any program breaks a line', async () => {
    const blank = await write({ title: 'Blank', body: await readCase('text-leading-blank-lines.txt') });
    expect(paragraphsOn(await pageOf(blank))).toEqual(['\n\n\nHello after three blank lines']);
    const odd = await write({ title: 'Odd', body: 'one\u2028two\u2029three\vfour\u2029\u2029five' });
    expect(paragraphsOn(await pageOf(odd))).toEqual(['one\ntwo\nthree\nfour', 'five']);
    expect((await terminal.bff(['read', odd])).stdout).toContain('\none\ntwo\nthree\nfour\n\nfive\n');
  });

  it('need no title in the terminal, either', async () => {
    const id = await write({ title: '', body: 'without a name' });
    const folder = join(terminal.home, 'all');
    const [listed, read, exported, written] = await Promise.all([
      terminal.bff(['inbox']),
      terminal.bff(['read', id]),
      terminal.bff(['export', folder]),
      terminal.bff(['write', '--to', 'alpha'], 'Just a word.\n'),
    ]);
    expect(listed.stdout.split('\n').find((line) => line.startsWith(id))).toMatch(/\((closed|no title)\)$/);
    expect(read.stdout).toMatch(/^\(no title\)\nfrom alpha to beta/);
    expect((await terminal.bff(['inbox'])).stdout).toMatch(new RegExp(`${id}.*\\(no title\\)`));
    expect(exported.stdout, exported.stderr).toMatch(/Saved \d+ letters/);
    expect(await readFile(join(folder, `${id}.txt`), 'utf8')).toBe('without a name\n');
    const answer = /[0-9a-f]{24}/.exec(written.stdout)?.[0] ?? '';
    expect(answer, written.stderr).not.toBe('');
    await world.settle();
    expect(titleOn((await sitDown(alpha).get(`/letters/${answer}`)).text)).toBe('A letter from beta');
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { linkify } from '#core/letters/linkify.ts';

const linksIn = (text: string) =>
  linkify(text)
    .filter((segment) => segment.href !== undefined)
    .map((segment) => [segment.text, segment.href]);

describe('links in a letter', () => {
  test('stay where they stand in the sentence', () => {
    expect(linkify('Look at https://example.test/map?a=1&b=2, it is lovely.')).toEqual([
      { text: 'Look at ' },
      { text: 'https://example.test/map?a=1&b=2', href: 'https://example.test/map?a=1&b=2' },
      { text: ', it is lovely.' },
    ]);
  });

  test('work without a scheme when they begin with www, over https', () => {
    expect(linksIn('see www.example.com/cats (all of them)')).toEqual([
      ['www.example.com/cats', 'https://www.example.com/cats'],
    ]);
    expect(linksIn('WWW.Example.com')).toEqual([['WWW.Example.com', 'https://WWW.Example.com']]);
  });

  test('may be mail addresses when written as mailto', () => {
    expect(linksIn('mailto:beta@example.com please')).toEqual([
      ['mailto:beta@example.com', 'mailto:beta@example.com'],
    ]);
  });

  test('leave closing brackets, quotes and full stops to the sentence', () => {
    expect(linksIn('(https://example.com/a). "https://example.com/b"!')).toEqual([
      ['https://example.com/a', 'https://example.com/a'],
      ['https://example.com/b', 'https://example.com/b'],
    ]);
    expect(linksIn('https://example.com/wiki/Stamp_(post)')).toEqual([
      ['https://example.com/wiki/Stamp_(post)', 'https://example.com/wiki/Stamp_(post)'],
    ]);
  });

  test('directly follow scripts without spaces, pictures and marks, and end before what nobody types there', async () => {
    const lines = (await readFile('tests/support/cases/text-links.txt', 'utf8')).trimEnd().split('\n');
    const mail = 'mailto:anna@example.com?subject=Hi%20there';
    expect(lines).toHaveLength(9);
    expect(lines.map((line) => linksIn(line))).toEqual([
      ...Array.from({ length: 8 }, () => [['https://example.com/a', 'https://example.com/a']]),
      [[mail, mail]],
    ]);
  });

  test.each([
    ['ที่นี่https://example.com/a', 'https://example.com/a'],
    ['여기https://example.com/a', 'https://example.com/a'],
    ['カーhttps://example.com/a', 'https://example.com/a'],
    ['👩🏽‍🚀www.example.com/a', 'www.example.com/a'],
    ['🇩🇪mailto:anna@example.com', 'mailto:anna@example.com'],
    ['\u200bhttps://example.com/a', 'https://example.com/a'],
    ['https://example.com/a👩🏽‍🚀', 'https://example.com/a'],
    ['https://example.com/a→https://example.org', 'https://example.com/a'],
    ['https://exam\u00adple.com/a', 'https://exam'],
    ['https://example.com/a\ufeff?b', 'https://example.com/a'],
    ['_https://example.com/a_', 'https://example.com/a'],
    ['~~https://example.com/a~~', 'https://example.com/a'],
    ['https://example.com/a_', 'https://example.com/a_'],
    ['https://example.com/?to=https://example.org', 'https://example.com/?to=https://example.org'],
    ['https://zh.wikipedia.org/wiki/信', 'https://zh.wikipedia.org/wiki/信'],
    ['wordhttps://example.com/a', undefined],
    [
      'mailto:a@example.com,b@example.com?cc=c@example.com, please',
      'mailto:a@example.com,b@example.com?cc=c@example.com',
    ],
    ['mailto:a@example.com?', 'mailto:a@example.com'],
  ])('are told from what is next to them: %s', (text, address) => {
    expect(linksIn(text)[0]?.[0]).toBe(address);
    expect(
      linkify(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text);
  });

  test.each([
    'javascript:alert(1)',
    'JavaScript://example.com/%0aalert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.com/file',
    '//example.com/path',
    'blob:x',
    'https://user:secret@example.com.',
    'I waited until 5.in the park',
    'example.com',
    'beta@example.com',
    'http://',
    'www.',
  ])('are not made of %j', (text) => {
    const hrefs = linksIn(text).map(([, href]) => href);
    expect(hrefs).toEqual([]);
  });

  test('never carry any scheme but http, https and mailto', () => {
    const schemes = [
      'javascript:',
      'JAVASCRIPT:',
      'data:',
      'x:',
      'http:',
      'https://',
      'mailto:',
      'www.',
      '//',
      'ftp://',
    ];
    const hosts = [
      'example.com',
      'a@example.com',
      'www.example.com',
      'http://example.com',
      '"onclick=x',
      '\u202eexample.com',
    ];
    for (const a of schemes)
      for (const b of schemes)
        for (const host of hosts)
          for (const [, href] of linksIn(`x ${a}${b}${host} y`))
            expect(new URL(String(href)).protocol).toMatch(/^(https?|mailto):$/);
  });

  test('lose no character of the text around them', () => {
    const texts = [
      '',
      '   ',
      '\n\nhttps://example.com\n\n\twww.example.com  \r\n',
      'ü😀 https://example.com/ü😀 😀www.example.com',
      'https://example.com'.repeat(40),
      'www.'.repeat(500),
    ];
    for (const text of texts)
      expect(
        linkify(text)
          .map((segment) => segment.text)
          .join(''),
      ).toBe(text);
  });

  test('are whole or not there at all, however long', () => {
    const long = `https://example.com/${'x'.repeat(5_000)}?y=1`;
    expect(linksIn(`see ${long}.`)).toEqual([[long, long]]);
    expect(linksIn(`see https://example.com/${'x'.repeat(9_000)} there`)).toEqual([]);
    expect(linksIn(`see https://example.com/${'x.,'.repeat(9_000)} there`)).toEqual([]);
  });

  test('are found quickly in the longest letter, also a nasty one', () => {
    const nasty = [
      'a.'.repeat(50_000),
      'http://'.repeat(14_000),
      'www.x('.repeat(16_000),
      'mailto:a@'.repeat(11_000),
      `http://a.com/${'('.repeat(90_000)}`,
      `http://a.com/${'a'.repeat(8_400)} `.repeat(11),
    ];
    for (const text of nasty) {
      const start = performance.now();
      linkify(text);
      expect(performance.now() - start).toBeLessThan(3_000);
    }
  });
});

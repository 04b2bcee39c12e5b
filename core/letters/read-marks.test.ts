import { describe, expect, test } from 'vitest';
import { readInline, readMarks } from './read-marks.ts';

const em = (text: string) => ({ text, mark: 'em' });
const strong = (text: string) => ({ text, mark: 'strong' });
const plain = (text: string) => ({ text });

describe('the marks in a line', () => {
  test.each([
    ['so *very* slow', [plain('so '), em('very'), plain(' slow')]],
    ['_Moby-Dick_, at last', [em('Moby-Dick'), plain(', at last')]],
    ['**Never** again', [strong('Never'), plain(' again')]],
    ['(*sic*)', [plain('('), em('sic'), plain(')')]],
    ['“*Oh!*”', [plain('“'), em('Oh!'), plain('”')]],
    ['*one* and *two*', [em('one'), plain(' and '), em('two')]],
    ['*a line\nand* another', [plain('*a line\nand* another')]],
    ['*one\n*two*', [plain('*one\n'), em('two')]],
    ['**strong with *one* inside**', [plain('**strong with '), em('one'), plain(' inside**')]],
  ])('of %j are read', (text, expected) => {
    expect(readInline(text)).toEqual(expected);
  });

  test.each([
    '2*3*4 = 24',
    'snake_case_name',
    'five * six * seven',
    '*',
    '**',
    '****',
    '* *',
    '*unfinished',
    'a*b*c',
    '*_*',
    ':* and *:',
    '',
  ])('are none in %j', (text) => {
    expect(
      readInline(text)
        .map(({ text: part, mark }) => `${mark ?? ''}${part}`)
        .join(''),
    ).toBe(text);
  });

  test('may be around a link, and are not looked for inside one', () => {
    expect(readInline('*https://example.com/a*')).toEqual([
      { text: 'https://example.com/a', href: 'https://example.com/a', mark: 'em' },
    ]);
    const address = 'https://example.com/_a_b_(c)/*d*';
    expect(readInline(`see ${address} there`).at(1)?.href).toContain('https://example.com/_a_b_');
  });

  test('are read in time that grows with the text', () => {
    for (const part of ['*a ', '_a* ', '** ', '*a* ', '> ', '- a\n', '*_']) {
      const began = performance.now();
      readMarks(part.repeat(100_000 / part.length));
      expect(performance.now() - began, part).toBeLessThan(5_000);
    }
  });
});

describe('the blocks of a letter', () => {
  const kinds = (text: string) => readMarks(text).map(({ kind }) => kind);

  test('are paragraphs, quotes and lists', () => {
    const text = 'Bring:\n- bread\n- *good* butter\n\n> You wrote this\n>\n> last year.\n\n2. two\n3) three';
    expect(readMarks(text)).toEqual([
      { kind: 'paragraph', text: [plain('Bring:')] },
      { kind: 'list', start: null, items: [[plain('bread')], [em('good'), plain(' butter')]] },
      { kind: 'quote', text: [plain('You wrote this\n\nlast year.')] },
      { kind: 'list', start: 2, items: [[plain('two')], [plain('three')]] },
    ]);
  });

  test.each([
    ['- she said nothing', ['paragraph']],
    ['3. May\nwas a Sunday', ['paragraph']],
    ['1. one\n7. seven', ['paragraph']],
    ['a\n- b\nc', ['paragraph']],
    ['>', ['quote']],
    ['-1\n-2', ['paragraph']],
    ['', ['paragraph']],
  ])('of %j are %j', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test('keep every line that is not part of a list or a quote as it was typed', () => {
    expect(readMarks('  a\n- b\n\n\n   c')).toEqual([
      { kind: 'paragraph', text: [plain('  a\n- b')] },
      { kind: 'paragraph', text: [plain('\n   c')] },
    ]);
  });
});

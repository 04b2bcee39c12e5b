import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { paragraphsOf } from '#core/letters/paragraphs.ts';
import { titleOr } from '#core/letters/title-or.ts';
import { title } from '#core/schemas/letters.ts';

describe('the paragraphs of a letter', () => {
  test('keep the blank lines it begins with', async () => {
    const text = await readFile('tests/support/cases/text-leading-blank-lines.txt', 'utf8');
    expect(paragraphsOf(text).join('|')).toBe('\n\n\nHello after three blank lines');
  });

  test.each(['\u2028', '\u2029', '\v', '\f', '\u0085', '\r', '\r\n'])('take %j as a line break', (mark) => {
    expect(paragraphsOf(`one${mark}two${mark}${mark}three`)).toEqual(['one\ntwo', 'three']);
  });
});

describe('a title', () => {
  test.each([
    ['text-title-2cjk.txt', '你好'],
    ['text-title-heart.txt', '❤️'],
  ])('may be as short as in %s', async (file, shown) => {
    const text = await readFile(`tests/support/cases/${file}`, 'utf8');
    expect(title.parse(text)).toBe(shown);
    expect(titleOr(shown, 'A letter')).toBe(shown);
  });

  test.each([undefined, '', ' ', '\u200b\u2060', '\u3164', '\u2028'])('may be none: %j', (text) => {
    expect(title.parse(text)).toBe('');
    expect(titleOr(text, 'A letter')).toBe('A letter');
  });

  test('is one line', () => {
    expect(title.parse(' one\u2028two\r\nthree\v')).toBe('one two three');
    expect(title.safeParse('x'.repeat(81)).success).toBe(false);
  });
});

import { expect, test } from 'vitest';
import { readingMinutes } from '#core/letters/reading-time.ts';

test.each([
  ['nothing', '', 1],
  ['a line', 'Dear you, come soon.', 1],
  ['880 words', 'one two don’t four '.repeat(220), 4],
  ['900 characters without spaces', '手紙を書く'.repeat(180), 2],
  ['a hundred thousand spaces', ' '.repeat(100_000), 1],
])('reading %s takes as many minutes', (_, text, minutes) => {
  expect(readingMinutes(text)).toBe(minutes);
});

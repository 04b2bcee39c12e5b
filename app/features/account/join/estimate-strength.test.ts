import { expect, test } from 'vitest';
import { estimateStrength } from './estimate-strength.ts';

test('a common password is guessed at once, and random words are not', () => {
  for (const password of ['password1', 'qwertz123', 'aaaaaaaa'])
    expect(estimateStrength(password)).toBeLessThan(2);
  expect(estimateStrength('lantern otter waltz tuesday')).toBe(4);
});

test('the longest password is estimated quickly', () => {
  const began = performance.now();
  estimateStrength('lantern otter waltz '.repeat(50));
  expect(performance.now() - began).toBeLessThan(2000);
});

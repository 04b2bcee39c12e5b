import { expect, it } from 'vitest';
import { countWords } from './count-words.ts';

it.each([
  ['', 0],
  ['   \n\n', 0],
  ['Dear alpha,\n\nOn Saturday we swam.', 6],
  ['don’t — it’s 3.5 km!', 4],
  ['吾輩は猫である', 5],
  ['🌸 🌸', 0],
])('counts %j', (text, count) => {
  expect(countWords(text)).toBe(count);
});

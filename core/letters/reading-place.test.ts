import { expect, test } from 'vitest';
import { readMarks } from '#core/letters/read-marks.ts';
import { lengthsOf, placeIn, placeLeftOff, placesOf } from '#core/letters/reading-place.ts';

const letter = [100, 300, 500, 100];

test('each block has the place where it begins, in thousandths of the letter', () => {
  expect(placesOf(letter)).toEqual([0, 100, 400, 900]);
  expect(placesOf([])).toEqual([]);
  expect(placesOf([0])).toEqual([0]);
});

test('marks don’t count, and a list is one block', () => {
  expect(lengthsOf(readMarks('So *very*.\n\n- a\n- bc\n\n> d'))).toEqual([8, 3, 1]);
});

test('a place leads back to its block, and any position to the one it is in', () => {
  for (const place of placesOf(letter).slice(1)) expect(placeLeftOff(letter, place)).toBe(place);
  expect(placeLeftOff(letter, 399)).toBe(100);
  expect(placeLeftOff(letter, 979)).toBe(900);
});

test('there is no place to go on from at the beginning, and at the end', () => {
  expect([0, 99, 980, 1000].map((position) => placeLeftOff(letter, position))).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(placeIn('', 500)).toBeNull();
  expect(placeIn('One.\n\nTwo.', 600)).toBe(500);
});

test('even a letter with more blocks than there are places leads to one of them', () => {
  const lines = Array.from({ length: 5_000 }, () => 4);
  const places = placesOf(lines);
  for (const position of [1, 500, 979]) expect(places).toContain(placeLeftOff(lines, position));
});

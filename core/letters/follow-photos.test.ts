import { expect, test } from 'vitest';
import { followPhotos, placePhotoInText } from '#core/letters/follow-photos.ts';
import { placedPhotos, readMarks } from '#core/letters/read-marks.ts';

test('only a line of its own puts a photo into the text', () => {
  expect([...placedPhotos('[photo 2]')]).toEqual([2]);
  expect([...placedPhotos('[Photo 12]  ')]).toEqual([12]);
  for (const line of ['see [photo 2]', '[photo 2].', '[photo 123]', '[photo -1]', '[photo]', ' [photo 1]'])
    expect(placedPhotos(line).size).toBe(0);
  expect([...placedPhotos('One.\r\n[photo 3]\r\n\r\n[photo 1]\n')]).toEqual([3, 1]);
});

test('a photo stands between the paragraphs, once', () => {
  const blocks = readMarks('By the lake.\n[photo 1]\nThen rain.\n\n[photo 2]\n[photo 1]');
  expect(blocks.map((block) => (block.kind === 'photo' ? block.n : block.kind))).toEqual([
    'paragraph',
    1,
    'paragraph',
    2,
    'paragraph',
  ]);
});

test('numbers follow photos that move, and go with those that are removed', () => {
  const body = 'A\n\n[photo 1]\n\nB\n[photo 2]\nC\n\n[photo 7]';
  expect(followPhotos(body, ['a', 'b'], ['b', 'a'])).toBe('A\n\n[photo 2]\n\nB\n[photo 1]\nC\n\n[photo 7]');
  expect(followPhotos(body, ['a', 'b'], ['b'])).toBe('A\n\nB\n[photo 1]\nC\n\n[photo 7]');
  expect(followPhotos(body, ['a', 'b'], ['a'])).toBe('A\n\n[photo 1]\n\nB\nC\n\n[photo 7]');
  expect(followPhotos('A\r\n\r\n[photo 1]\r\n\r\nB', ['a'], [])).toBe('A\n\nB');
  // Nothing moved: every character stays.
  expect(followPhotos('[photo 1]\r\nB', ['a'], ['a', 'b'])).toBe('[photo 1]\r\nB');
});

test('a photo is put after the line that is being written, and moved when it is there', () => {
  expect(placePhotoInText('', 1, 0).body).toBe('[photo 1]\n\n');
  const { body, end } = placePhotoInText('One.\n\nTwo.\n\nThree.', 2, 8);
  expect(body).toBe('One.\n\nTwo.\n\n[photo 2]\n\nThree.');
  expect(body.slice(0, end)).toBe('One.\n\nTwo.\n\n[photo 2]');
  expect(placePhotoInText(body, 2, 2).body).toBe('One.\n\n[photo 2]\n\nTwo.\n\nThree.');
});

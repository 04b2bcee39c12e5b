import { describe, expect, test } from 'vitest';
import { movePhoto, orderPhotos } from '#core/drafts/edited-draft.ts';

const photos = ['a', 'b', 'c', 'd'].map((photoId) => ({ photoId }));
const idsOf = (ordered: { photoId: string }[]) => ordered.map(({ photoId }) => photoId).join('');

describe('photos in an order', () => {
  test.each([
    ['dbca', 'dbca'],
    // Those that are not named come last, as they were.
    ['c', 'cabd'],
    ['db', 'dbac'],
    ['', 'abcd'],
    // Names of photos that are gone leave no gap.
    ['xdyb', 'dbac'],
  ])('named as "%s" are %s', (order, ordered) => {
    expect(idsOf(orderPhotos(photos, [...order]))).toBe(ordered);
  });

  test('leave the list they came in as it was', () => {
    orderPhotos(photos, ['d', 'c']);
    expect(idsOf(photos)).toBe('abcd');
  });
});

describe('a photo that is moved', () => {
  test.each([
    ['b', 'earlier', 'bacd'],
    ['b', 'later', 'acbd'],
    ['a', 'earlier', 'abcd'],
    ['d', 'later', 'abcd'],
    ['x', 'earlier', 'abcd'],
    ['x', 'later', 'abcd'],
  ] as const)('%s goes one place %s: %s', (item, way, moved) => {
    const list = [...'abcd'];
    expect(movePhoto(list, item, way).join('')).toBe(moved);
    expect(list.join('')).toBe('abcd');
  });
});

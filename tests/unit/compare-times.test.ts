import { describe, expect, it } from 'vitest';
import { compareTimes } from '#tests/support/compare-times.ts';
import { seededRandom } from '#tests/support/make-photos.ts';

/** A server that takes about `base` ms and stalls now and then, with something more for the first of each pair. */
function pairsOf(count: number, base: number, more: number, seed: number): (readonly [number, number])[] {
  const random = seededRandom(seed);
  const once = () => base * (1 + 0.3 * random()) + (random() < 0.05 ? 40 * base : 0);
  return Array.from({ length: count }, () => [once() + more, once()] as const);
}

describe('two kinds of answers', () => {
  it('are told apart by a difference that is there, on a machine that stalls', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(compareTimes(pairsOf(40, 20, 12, seed), seededRandom(seed)).tellsApart).toBe(true);
      expect(compareTimes(pairsOf(40, 200, 100, seed), seededRandom(seed)).tellsApart).toBe(true);
    }
  });

  it('are told apart by twelve pairs on a machine that never stalls', () => {
    const steady = Array.from({ length: 12 }, (_, n) => [50 + (n % 3), 30 + (n % 2)] as const);
    expect(compareTimes(steady, seededRandom(1)).tellsApart).toBe(true);
  });

  it('are not told apart when there is none, or one that nobody could measure', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      expect(compareTimes(pairsOf(40, 20, 0, seed), seededRandom(seed)).tellsApart).toBe(false);
      expect(compareTimes(pairsOf(40, 200, 2, seed), seededRandom(seed)).tellsApart).toBe(false);
    }
  });
});

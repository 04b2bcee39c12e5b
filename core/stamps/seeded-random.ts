/**
 * Random choices that depend only on a seed: the same seed gives the same choices in the same
 * order.
 */
export type SeededRandom = {
  /** From `min` up to, not including, `max`. */
  between(min: number, max: number): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
  chance(probability: number): boolean;
};

/**
 * Pseudo-random choices for drawing (sfc32 by Chris Doty-Humphrey, seeded with all eight words).
 * Not for secrets.
 *
 * @param seedHex 64 hex digits.
 */
export function createSeededRandom(seedHex: string): SeededRandom {
  const word = (index: number) => Number.parseInt(seedHex.slice(index * 8, index * 8 + 8), 16) | 0;
  let [a, b, c, counter] = [word(0), word(1), word(2), word(3)];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  const mix = () => {
    for (let round = 0; round < 12; round++) next();
  };
  mix();
  // The second half is added once the first is mixed: a plain sum would cancel equal halves.
  [a, b, c, counter] = [a ^ word(4), b ^ word(5), c ^ word(6), counter ^ word(7)];
  mix();
  const between = (min: number, max: number) => min + (max - min) * next();
  const whole = (min: number, max: number) => min + Math.floor((max - min + 1) * next());
  return {
    between,
    whole,
    pick: (choices) => choices[whole(0, choices.length - 1)] ?? choices[0],
    chance: (probability) => next() < probability,
  };
}

/**
 * Runs something twenty times at once, each with a moment of its own: with one moment for all, a store that writes twice
 * looks like one that writes once.
 *
 * @returns how many were told that they were first, and the moment of the one that was
 */
export async function race(
  run: (moment: Date) => Promise<boolean>,
  from = 1_000_000,
): Promise<{ won: number; moment: Date }> {
  const moments = Array.from({ length: 20 }, (_, n) => new Date(from + n));
  const results = await Promise.all(moments.map(run));
  const moment = moments[results.indexOf(true)] ?? new Date(Number.NaN);
  return { won: results.filter(Boolean).length, moment };
}

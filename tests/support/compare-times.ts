/** Whether two series of durations, measured in pairs one after the other, tell their causes apart. */
export interface TimeComparison {
  /** Of the medians, ms. */
  difference: number;
  /** Share of all ways to swap the pairs that look at least as different: small when it is no chance. */
  chance: number;
  tellsApart: boolean;
}

const SHUFFLES = 4_000;
/** Below these a difference drowns in the network, and on a busy machine is no finding. */
const SMALL_MS = 3;
const SMALL_SHARE = 0.1;
const RARE = 0.003;

/**
 * A paired permutation test (Fisher) on signed ranks (Wilcoxon): if it makes no difference which of the two is asked, swapping the two of any pair
 * changes nothing. It assumes no distribution, so that a machine which stalls now and then does not fool it; the pairs are
 * measured interleaved, so that one which gets busier does not, either.
 */
export function compareTimes(pairs: (readonly [number, number])[], random = Math.random): TimeComparison {
  const differences = pairs.map(([one, other]) => one - other);
  const ranked = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b)).map(Math.sign);
  const rankSum = (signs: number[]) =>
    Math.abs(signs.reduce((sum, sign, rank) => sum + sign * (rank + 1), 0));
  const observed = rankSum(ranked);
  let asExtreme = 0;
  for (let n = 0; n < SHUFFLES; n += 1) {
    if (rankSum(ranked.map(() => (random() < 0.5 ? 1 : -1))) >= observed) asExtreme += 1;
  }
  const chance = asExtreme / SHUFFLES;
  const difference = Math.abs(median(differences));
  const large = difference > Math.max(SMALL_MS, SMALL_SHARE * median(pairs.flat()));
  return { difference, chance, tellsApart: large && chance < RARE };
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

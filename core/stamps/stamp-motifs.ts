import { createSeededRandom } from './seeded-random.ts';

/** The number of motifs in `motifs/index.ts`, which needn't be loaded to tell which one a seed draws. */
const MOTIFS = 18;

/** The motifs an author can choose, each with its index and a seed that draws it. */
export const stampMotifs = {
  whale: { index: 17, seed: 'f9241831a56a833ae93e897ac3d0fae00abe0dc4324845106417f5840f1f1eec' },
  lighthouse: { index: 11, seed: '03da4ae66720d3da03749f2c9e8fdb5c541f845b315539d327d315bfa1248382' },
  kite: { index: 9, seed: '6dc699224dad6db3a2d25b4d27ae3a2091d76472d6d3fe47fd8cc5f1e65e5949' },
  teacup: { index: 16, seed: '9a4efbb5a227712d8811f5507bdf41f965028c2f50d3f835f35429472a470674' },
  cat: { index: 4, seed: '3c69e15508dca4f8bfe436b8ac0724a1a72f3d486a7c414b1d057c35fd5f29c2' },
} as const;
export type StampMotif = keyof typeof stampMotifs;
export const stampMotifNames = Object.keys(stampMotifs) as StampMotif[];

/** Tells whether a letter's hash draws a stamp with this motif. @param seed 64 hex digits */
export function hasMotif(seed: string, motif: StampMotif): boolean {
  return createSeededRandom(seed).whole(0, MOTIFS - 1) === stampMotifs[motif].index;
}

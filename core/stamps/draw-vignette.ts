import { motifs } from './motifs/index.ts';
import { palettes } from './palettes.ts';
import { createSeededRandom } from './seeded-random.ts';
import { el, type SvgNode } from './svg.ts';

/**
 * Draws a stamp's scene alone, square, as a page decoration hidden from screen readers.
 * @param motif the motif's name, e.g. `Cat`
 * @param printing the palette's name, e.g. `northern blue`
 * @param seedHex 64 hex digits; determine the details
 * @throws TypeError for an unknown motif or palette
 */
export function drawVignette(motif: string, printing: string, seedHex: string): SvgNode {
  const scene = motifs.find(({ name }) => name === motif);
  const inks = palettes.find(({ name }) => name === printing);
  if (!scene || !inks) throw new TypeError(`No ${motif} in ${printing}.`);
  return el(
    'svg',
    {
      viewBox: '-5 1 110 110',
      'aria-hidden': 'true',
      focusable: 'false',
      fill: 'none',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    },
    ...scene.draw({ ...createSeededRandom(seedHex), inks }),
  );
}

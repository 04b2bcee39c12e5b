import { motifs } from './motifs/index.ts';
import { palettes } from './palettes.ts';
import { createSeededRandom } from './seeded-random.ts';
import { el, type SvgNode } from './svg.ts';

/**
 * A stamp's scene by itself, square, for a picture on a page. Decoration: hidden from screen readers.
 *
 * @param motif The motif's name, e.g. `Cat`.
 * @param printing The palette's name, e.g. `northern blue`.
 * @param seedHex 64 hex digits; settles the details.
 * @throws TypeError when there is no such motif or palette.
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

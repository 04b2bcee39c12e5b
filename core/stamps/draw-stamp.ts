import { printInFrame } from './frames.ts';
import { motifs } from './motifs/index.ts';
import { palettes } from './palettes.ts';
import { fill } from './pencil.ts';
import { perforatedEdge } from './perforation.ts';
import { createSeededRandom } from './seeded-random.ts';
import { el, type SvgNode, toMarkup } from './svg.ts';

export type StampOptions = {
  /** Names the stamp for those who do not see it, e.g. "Stamp on alpha's letter". */
  label: string;
};

export type DrawnStamp = {
  /** Well-formed, self-contained markup under 8 KB, 120 × 150; safe to inline many times in one page. */
  readonly svg: string;
  /** The accessible name: the label. */
  title: string;
  /** What is to be seen, in one sentence. */
  description: string;
  /** The same drawing as data, for a page that builds elements rather than parse markup. */
  drawing: SvgNode;
};

const EDGE = perforatedEdge(120, 150, 10, 3);

/**
 * Draws a stamp from a SHA-256 in hex: the same seed is always the same stamp, another seed another one.
 *
 * @throws TypeError when the seed is not 64 hex digits.
 */
export function drawStamp(seedHex: string, options: StampOptions): DrawnStamp {
  if (!/^[0-9a-f]{64}$/i.test(seedHex)) throw new TypeError('A stamp is drawn from 64 hex digits.');
  const seed = seedHex.toLowerCase();
  const random = createSeededRandom(seed);
  const motif = random.pick(motifs);
  const inks = random.pick(palettes);
  const pencil = { ...random, inks };
  const title = options.label;
  const description = `A stamp with ${motif.shows}, printed in ${inks.name}.`;
  const id = `stamp-${seed.slice(0, 12)}`;
  const drawing = el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: '0 0 120 150',
      role: 'img',
      'aria-labelledby': `${id}-t`,
      'aria-describedby': `${id}-d`,
      fill: 'none',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'font-family': 'Literata Variable,Literata,Georgia,serif',
    },
    el('title', { id: `${id}-t` }, title),
    el('desc', { id: `${id}-d` }, description),
    fill(EDGE, inks.paper),
    ...printInFrame(pencil, { scene: motif.draw(pencil), caption: motif.name }),
  );
  return {
    title,
    description,
    drawing,
    // Written when it is asked for: a page builds elements of the drawing, and never reads it.
    get svg() {
      return toMarkup(drawing);
    },
  };
}

import { printInFrame } from './frames.ts';
import { motifs } from './motifs/index.ts';
import { palettes } from './palettes.ts';
import { fill } from './pencil.ts';
import { perforatedEdge } from './perforation.ts';
import { createSeededRandom } from './seeded-random.ts';
import { el, keepMarkup, type SvgNode, toMarkup } from './svg.ts';

type StampOptions = {
  /** Names the stamp for those who do not see it, e.g. "Stamp on alpha's letter". */
  label: string;
};

type DrawnStamp = {
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

/** What is printed on a stamp, and what it shows in words. */
type Print = { printed: SvgNode; description: string };

// A mailbox shows the same letters again and again. A drawing is about 15 KB of memory; the oldest goes first.
const prints = new Map<string, Print>();
const printsKept = 400;

function printOf(seed: string): Print {
  const known = prints.get(seed);
  if (known) return known;
  const random = createSeededRandom(seed);
  const motif = random.pick(motifs);
  const inks = random.pick(palettes);
  const pencil = { ...random, inks };
  const framed = printInFrame(pencil, { scene: motif.draw(pencil), caption: motif.name });
  const print = {
    printed: keepMarkup(el('g', {}, fill(EDGE, inks.paper), ...framed)),
    description: `A stamp with ${motif.shows}, printed in ${inks.name}.`,
  };
  for (const oldest of prints.keys()) {
    if (prints.size < printsKept) break;
    prints.delete(oldest);
  }
  prints.set(seed, print);
  return print;
}

/**
 * Draws a stamp from a SHA-256 in hex: the same seed is always the same stamp, another seed another one.
 *
 * @throws TypeError when the seed is not 64 hex digits.
 */
export function drawStamp(seedHex: string, options: StampOptions): DrawnStamp {
  if (!/^[0-9a-f]{64}$/i.test(seedHex)) throw new TypeError('A stamp is drawn from 64 hex digits.');
  const seed = seedHex.toLowerCase();
  const { printed, description } = printOf(seed);
  const title = options.label;
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
    printed,
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

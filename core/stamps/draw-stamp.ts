import { printInFrame } from './frames.ts';
import { motifs } from './motifs/index.ts';
import { palettes } from './palettes.ts';
import { fill } from './pencil.ts';
import { perforatedEdge } from './perforation.ts';
import { createSeededRandom } from './seeded-random.ts';
import { el, keepMarkup, type SvgNode, toMarkup } from './svg.ts';

type StampOptions = {
  /** Accessible name, e.g. "Stamp on alpha's letter". */
  label: string;
};

type DrawnStamp = {
  /**
   * Well-formed, self-contained markup under 8 KB, 120 × 150; safe to inline many times in one
   * page.
   */
  readonly svg: string;
  title: string;
  /** Describes the picture in one sentence. */
  description: string;
  /** The drawing as data, for pages that build elements instead of parsing markup. */
  drawing: SvgNode;
};

const EDGE = perforatedEdge(120, 150, 10, 3);

type Print = { printed: SvgNode; description: string };

// A cache: mailboxes show the same letters again and again. A drawing takes about 15 KB of memory;
// the oldest is evicted.
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
 * Draws a stamp from a hex SHA-256: the same seed always gives the same stamp.
 * @throws TypeError unless the seed is 64 hex digits
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
    // Written on demand: a page builds elements and never reads the markup.
    get svg() {
      return toMarkup(drawing);
    },
  };
}

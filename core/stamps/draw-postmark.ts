import { command, type Point, tenth } from './path.ts';
import { createSeededRandom } from './seeded-random.ts';
import { el, type SvgNode, toMarkup } from './svg.ts';

type PostmarkOptions = {
  /** Text along the upper rim, in capitals; shortened if too long. */
  sender: string;
  /** Up to three short lines for the middle, see `postmarkDateLines`. */
  dateLines: readonly string[];
  /** The letter's hash: varies the angle and the ink. */
  seed?: string | undefined;
};

const MIDDLE = 46;
const RIM_LENGTH = 92;
const LONGEST = 20;
const PLAIN_SEED = '5'.repeat(64);

function shortened(name: string): string {
  const letters = [...name.normalize('NFC').replace(/\s+/g, ' ').trim()];
  return letters.length <= LONGEST
    ? letters.join('')
    : `${letters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
}

function waves(rows: number): string {
  let d = '';
  for (let i = 0; i < rows; i++) {
    d += command('M', 90 - Math.abs(i - (rows - 1) / 2) * 1.5, MIDDLE - (rows - 1) * 4.5 + i * 9);
    d += `${command('q', 4.5, -6, 9, 0)}${command('t', 9, 0).repeat(11)}`;
  }
  return d;
}

/** A five-pointed star as a shape, since few fonts have one. */
function star(x: number, y: number, radius: number): string {
  const corners = Array.from({ length: 10 }, (_, n): Point => {
    const reach = n % 2 === 0 ? radius : radius * 0.42;
    return [x + reach * Math.sin((n * Math.PI) / 5), y - reach * Math.cos((n * Math.PI) / 5)];
  });
  return `M${corners.map(([cx, cy]) => `${tenth(cx)} ${tenth(cy)}`).join('L')}Z`;
}

/**
 * Draws the round cancel with its wavy lines, 200 × 92, in `currentColor`, to lie over a stamp. It
 * is hidden from screen readers, because the page says the same in words.
 */
export function drawPostmark(options: PostmarkOptions): { readonly svg: string; drawing: SvgNode } {
  const seed = /^[0-9a-f]{64}$/i.test(options.seed ?? '') ? (options.seed ?? PLAIN_SEED) : PLAIN_SEED;
  const random = createSeededRandom(seed.toLowerCase());
  const name = shortened(options.sender).toUpperCase();
  const size = Math.min(9.5, RIM_LENGTH / Math.max(1, [...name].length * 0.8));
  const id = `postmark-${seed.slice(0, 12).toLowerCase()}`;
  const worn = () =>
    [random.whole(50, 90), 1, random.whole(30, 60), 0.7, random.whole(20, 40), 1.3].join(' ');
  const ring = (r: number, width: number) =>
    el('circle', { cx: MIDDLE, cy: MIDDLE, r, 'stroke-width': width, 'stroke-dasharray': worn() });
  const lines = options.dateLines.slice(0, 3);
  const sizes = [11, 9, 8];
  const drawing = el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: '0 0 200 92',
      'aria-hidden': 'true',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-linecap': 'round',
      'font-family': 'Literata Variable,Literata,Georgia,serif',
    },
    el(
      'g',
      { transform: `rotate(${random.whole(-7, 5)} ${MIDDLE} ${MIDDLE})` },
      ring(43, 2),
      ring(27.5, 0.9),
      el('path', { id, stroke: 'none', d: 'M15.1 56A32.5 32.5 0 1 1 76.9 56' }),
      el('path', { d: waves(5), 'stroke-width': 1.7, 'stroke-dasharray': worn() }),
      el(
        'g',
        { fill: 'currentColor', stroke: 'none', 'text-anchor': 'middle', 'font-weight': '600' },
        el(
          'text',
          { 'font-size': size, 'letter-spacing': 0.8 },
          el('textPath', { href: `#${id}`, startOffset: '50%' }, name),
        ),
        ...lines.map((words, index) =>
          el(
            'text',
            { x: MIDDLE, y: MIDDLE - (lines.length - 2) * 5.5 + index * 10.5 - 2, 'font-size': sizes[index] },
            words,
          ),
        ),
        el('path', { d: [-9, 0, 9].map((aside) => star(MIDDLE + aside, 81.5, 2.8)).join('') }),
      ),
    ),
  );
  return {
    drawing,
    get svg() {
      return toMarkup(drawing);
    },
  };
}

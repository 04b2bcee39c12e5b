import { ellipsePath, tenth } from './path.ts';
import { backdrop, dashed, fill, line, type Pencil } from './pencil.ts';
import { el, type SvgNode } from './svg.ts';

/** The printed area inside the perforated margin of a 120 × 150 stamp. */
const area = { left: 9, top: 9, width: 102, height: 132 } as const;
const FIELD = 'M9 9H111V141H9Z';
const HEART = 'M0 2.6C-3.6 0-4-1.4-4-2.2C-4-4.6-1-4.6 0-2.6C1-4.6 4-4.6 4-2.2C4-1.4 3.6 0 0 2.6Z';

const VALUES = ['1', '2', '3', '5', '8', '10', '12', '15', '20', '25', '50'] as const;
const COUNTRY = 'PROJECT BFF';

type Content = { scene: SvgNode[]; caption: string };
type Frame = (pencil: Pencil, content: Content) => SvgNode[];

function text(
  x: number,
  y: number,
  size: number,
  color: string,
  words: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  spacing?: number,
): SvgNode {
  return el(
    'text',
    {
      x,
      y,
      'font-size': size,
      fill: color,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'letter-spacing': spacing,
    },
    words,
  );
}

/** Crops the scene; a nested `<svg>` clips by itself and needs no id. */
function view(scene: SvgNode[], x: number, y: number, width: number, height: number, zoom = 1): SvgNode {
  const [w, h] = [100 / zoom, ((100 / zoom) * height) / width];
  const top = Math.max(backdrop.top, Math.min(58 - h / 2, backdrop.bottom - h));
  return el('svg', { x, y, width, height, viewBox: [50 - w / 2, top, w, h].map(tenth).join(' ') }, ...scene);
}

/** The value with a heart for its unit; `x` is the right end when `anchor` is `end`. */
function value(
  pencil: Pencil,
  x: number,
  y: number,
  size: number,
  color: string,
  anchor: 'start' | 'end',
): SvgNode {
  const digits = pencil.pick(VALUES);
  const width = digits.length * size * 0.58;
  const left = anchor === 'start' ? x : x - width - size * 0.5;
  return el(
    'g',
    { 'font-weight': '700' },
    text(left, y, size, color, digits),
    el('path', {
      d: HEART,
      fill: color,
      transform: `translate(${tenth(left + width + size * 0.34)} ${tenth(y - size * 0.28)}) scale(${tenth(size / 13)})`,
    }),
  );
}

const captioned: Frame = (pencil, { scene, caption }) => {
  const { inks } = pencil;
  return [
    view(scene, 9, 9, 102, 114),
    line('M9 9H111V123H9Z', inks.ink, 0.8),
    text(9, 132, 7.2, inks.ink, COUNTRY, 'start', 0.7),
    text(9, 140, 5.4, inks.ink, caption, 'start', 0.2),
    value(pencil, 111, 139, 15, pencil.pick([inks.ink, inks.near]), 'end'),
  ];
};

const tabbed: Frame = (pencil, { scene, caption }) => {
  const { inks } = pencil;
  const left = pencil.chance(0.5);
  const tab = left ? 'M8 8H43V20C43 24 41 26 37 26H8Z' : 'M112 8H77V20C77 24 79 26 83 26H112Z';
  return [
    view(scene, area.left, area.top, area.width, area.height),
    fill(tab, inks.paper),
    left ? value(pencil, 10, 22, 14, inks.ink, 'start') : value(pencil, 110, 22, 14, inks.ink, 'end'),
    fill('M8 130H112V142H8Z', inks.paper),
    text(9, 138.6, 6, inks.ink, COUNTRY, 'start', 0.6),
    text(111, 138.6, 5.6, inks.ink, caption, 'end', 0.2),
  ];
};

function onField(pencil: Pencil): { field: string; letters: string } {
  const { inks } = pencil;
  return pencil.pick([
    { field: inks.near, letters: inks.light },
    { field: inks.near, letters: inks.light },
    { field: inks.light, letters: inks.ink },
    { field: inks.ink, letters: inks.light },
  ]);
}

const arched: Frame = (pencil, { scene, caption }) => {
  const { field, letters } = onField(pencil);
  const arch = 'M17 119V57C17 33 36 15 60 15C84 15 103 33 103 57V119Z';
  const outer = 'M14.5 121.5V57C14.5 31 35 12.5 60 12.5C85 12.5 105.5 31 105.5 57V121.5Z';
  return [
    view(scene, 16, 14, 88, 106),
    el('path', { d: FIELD + arch, fill: field, 'fill-rule': 'evenodd' }),
    line(outer, letters, 0.5),
    line('M11 11H26M11 11V26M11 14H20M14 11V20M109 11H94M109 11V26M109 14H100M106 11V20', letters, 0.6),
    text(13, 130.5, 6.4, letters, COUNTRY, 'start', 0.6),
    text(13, 137.5, 5.2, letters, caption, 'start', 0.2),
    value(pencil, 107, 137, 13.5, letters, 'end'),
  ];
};

const oval: Frame = (pencil, { scene, caption }) => {
  const { field, letters } = onField(pencil);
  let rings = '';
  for (let i = 0; i < 3; i++) rings += ellipsePath(60, 65, 45 + i * 1.8, 51.5 + i * 1.8);
  let fans = '';
  for (let i = 0; i <= 6; i++) {
    const a = (i / 6) * (Math.PI / 2);
    const [dx, dy] = [tenth(13 * Math.cos(a)), tenth(13 * Math.sin(a))];
    fans += `M11 11l${dx} ${dy}M109 11l-${dx} ${dy}`;
  }
  return [
    view(scene, 15, 13, 90, 104),
    el('path', { d: FIELD + ellipsePath(60, 65, 43.5, 50), fill: field, 'fill-rule': 'evenodd' }),
    line(rings, letters, 0.4),
    line(fans, letters, 0.5),
    value(pencil, 12, 138, 13, letters, 'start'),
    text(109, 131.6, 5.8, letters, COUNTRY, 'end', 0.5),
    text(108.5, 138, 5, letters, caption, 'end', 0.2),
  ];
};

const banded: Frame = (pencil, { scene, caption }) => {
  const { inks } = pencil;
  const left = pencil.chance(0.5);
  const { field, letters } = onField(pencil);
  const bandX = left ? 9 : 94;
  return [
    view(scene, left ? 27 : 9, 9, 84, 132, 1.06),
    fill(`M${bandX} 9H${bandX + 17}V141H${bandX}Z`, field),
    el(
      'g',
      { transform: `translate(${bandX + 8} 137) rotate(-90)` },
      text(0, 0, 7, letters, COUNTRY, 'start', 1),
      text(0, 6.6, 5, letters, caption, 'start', 0.3),
    ),
    el(
      'g',
      { transform: `translate(${bandX + 13.2} 13) rotate(-90)` },
      value(pencil, 0, 0, 13, letters, 'end'),
    ),
    line(`M${left ? 27 : 93} 9V141`, inks.paper, 1),
  ];
};

const bordered: Frame = (pencil, { scene, caption }) => {
  const { inks } = pencil;
  const edge = pencil.pick([inks.accent, inks.near, inks.mid]);
  return [
    fill(FIELD, inks.light),
    view(scene, 17, 17, 86, 100),
    line('M10.5 10.5H109.5V139.5H10.5Z', edge, 2.4),
    dashed('M13.8 13.8H106.2V136.2H13.8Z', edge, 1.1, '1.1 2.2'),
    line('M17 17H103V117H17Z', inks.ink, 0.8),
    text(18, 126, 6.4, inks.ink, COUNTRY, 'start', 0.6),
    text(18, 133, 5.2, inks.ink, caption, 'start', 0.2),
    value(pencil, 103, 132.5, 13, inks.ink, 'end'),
  ];
};

const frames: readonly [Frame, ...Frame[]] = [captioned, tabbed, arched, oval, banded, bordered];

export function printInFrame(pencil: Pencil, content: Content): SvgNode[] {
  return pencil.pick(frames)(pencil, content);
}

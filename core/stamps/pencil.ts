import { hatchLines } from './hatching.ts';
import type { Palette } from './palettes.ts';
import { command, ellipsePath, type Point, roundTenth, smoothLine, tenth } from './path.ts';
import type { SeededRandom } from './seeded-random.ts';
import { el, type SvgNode, short } from './svg.ts';

export type Pencil = SeededRandom & { inks: Palette };

/**
 * A motif: a scene about 100 wide and 110 high, its middle at (50, 57), painted out to the edges of
 * `backdrop`.
 */
export type Motif = {
  name: string;
  /** Completes "A stamp with …", e.g. "a lighthouse above the sea". */
  shows: string;
  draw(pencil: Pencil): SvgNode[];
};

/** How far every scene is painted, so that any frame can be cut from it. */
export const backdrop = { left: -12, top: -34, right: 112, bottom: 148 } as const;

export const fill = (d: string, color: string, opacity?: number): SvgNode =>
  el('path', { d, fill: color, opacity });

// The stamp's root sets `fill="none"` and round caps and joins for all of them.
export const line = (d: string, color: string, width = 1, opacity?: number): SvgNode =>
  el('path', { d, stroke: color, 'stroke-width': width === 1 ? undefined : width, opacity });

/** A line of dashes, e.g. `'3 2'` for three on, two off. */
export const dashed = (d: string, color: string, width: number, dashes: string, opacity?: number): SvgNode =>
  el('path', {
    d,
    stroke: color,
    'stroke-width': width,
    'stroke-dasharray': dashes,
    'stroke-linecap': 'butt',
    opacity,
  });

export const dot = (x: number, y: number, radius: number, color: string): SvgNode =>
  el('circle', { cx: x, cy: y, r: radius, fill: color });

export const hatch = (
  d: string,
  angle: number,
  gap: number,
  color: string,
  width = 0.5,
  opacity?: number,
): SvgNode => line(hatchLines(d, angle, gap), color, width, opacity);

export const move = (x: number, y: number, scale: number, ...children: SvgNode[]): SvgNode =>
  el(
    'g',
    {
      transform: `translate(${tenth(x)} ${tenth(y)})${scale === 1 ? '' : ` scale(${Math.round(scale * 100) / 100})`}`,
    },
    ...children,
  );

export const turn = (degrees: number, x: number, y: number, ...children: SvgNode[]): SvgNode =>
  el('g', { transform: `rotate(${tenth(degrees)} ${tenth(x)} ${tenth(y)})` }, ...children);

export const mirrored = (children: SvgNode[]): SvgNode =>
  el('g', { transform: 'matrix(-1 0 0 1 100 0)' }, ...children);

export const wholeScene = `M${backdrop.left} ${backdrop.top}H${backdrop.right}V${backdrop.bottom}H${backdrop.left}Z`;

/** Horizontal lines that open towards the horizon: how engravers print a sky. */
export function skyLines(color: string, from: number, to: number, firstGap: number, growth: number): SvgNode {
  const width = backdrop.right - backdrop.left;
  let d = `M${backdrop.left} ${tenth(from)}h${width}`;
  let sign = -1;
  for (let y = from, gap = firstGap; y + gap < to; gap *= growth, sign = -sign) {
    const step = roundTenth(gap);
    d += `${command('m', 0, step)}h${sign * width}`;
    y += step;
  }
  return line(d, color, 0.45, 0.55);
}

/** Land whose upper edge runs through the points, with `contours` lines below it. */
export function land(
  points: readonly Point[],
  color: string,
  lineColor: string,
  contours: number,
  gap: number,
): SvgNode[] {
  const shape = `${smoothLine(points)}V${backdrop.bottom}H${backdrop.left}Z`;
  let lines = '';
  for (let i = 1; i <= contours; i++) {
    lines += smoothLine(points.map(([x, y]): Point => [x, y + gap * i * (1 + i * 0.12)]));
  }
  return [fill(shape, color), ...(lines ? [line(lines, lineColor, 0.5, 0.5)] : [])];
}

/** A ridge of land from edge to edge, wandering about `height`. */
export function ridge(pencil: Pencil, height: number, swing: number): Point[] {
  const points: Point[] = [];
  for (let x: number = backdrop.left; x <= backdrop.right + 20; x += pencil.between(17, 30)) {
    points.push([x, height + pencil.between(-swing, swing)]);
  }
  const last = points[points.length - 1];
  return last && last[0] < backdrop.right ? [...points, [backdrop.right + 8, height]] : points;
}

export function lightInTheSky(pencil: Pencil, x: number, y: number, radius: number): SvgNode[] {
  const { inks } = pencil;
  const disc = ellipsePath(x, y, radius, radius);
  if (inks.night) {
    return [
      fill(disc, inks.light),
      hatch(
        ellipsePath(x + radius * 0.25, y + radius * 0.2, radius * 0.7, radius * 0.7),
        60,
        1.8,
        inks.far,
        0.5,
      ),
    ];
  }
  // A ring of thick dashes is a wreath of thin rays.
  const rays = (count: number, inner: number, outer: number): SvgNode => {
    const r = radius + (inner + outer) / 2;
    const dashes = `.9 ${short((2 * Math.PI * r) / count - 0.9)}`;
    return el('circle', {
      cx: x,
      cy: y,
      r,
      stroke: inks.accent,
      'stroke-width': outer - inner,
      'stroke-dasharray': dashes,
      'stroke-linecap': 'butt',
    });
  };
  const count = pencil.whole(8, 13);
  const style = pencil.whole(0, 2);
  return [
    fill(disc, inks.accent),
    ...(style === 0 ? [hatch(disc, 0, 1.9, inks.light, 0.6, 0.7)] : []),
    ...(style < 2 ? [rays(count, 2.2, 7.5), rays(count * 2, 2.2, 5)] : []),
  ];
}

/** Stars above `floor`, fewer where the picture is busy. */
export function stars(pencil: Pencil, count: number, floor: number): SvgNode[] {
  let points = '';
  let crosses = '';
  for (let i = 0; i < count; i++) {
    const [x, y] = [pencil.between(2, 98), pencil.between(-20, floor)];
    if (i % 3 === 0) crosses += `M${tenth(x)} ${tenth(y - 1.8)}v3.6m-1.8-1.8h3.6`;
    else points += `M${tenth(x)} ${tenth(y)}h.01`;
  }
  return [line(points, pencil.inks.light, 1.2), line(crosses, pencil.inks.light, 0.6)];
}

export function cloud(x: number, y: number, scale: number, color: string, lineColor: string): SvgNode {
  const shape = 'M-13 4C-17 4-17-2-12-2C-12-8-3-9-1-4.5C2-8 10-6 9-1C14-2 15 4 11 4Z';
  return move(x, y, scale, fill(shape, color), line('M-9 1.5H4M-5-1H1M3 2H8', lineColor, 0.5, 0.6));
}

export function sky(pencil: Pencil, horizon: number): SvgNode[] {
  const { inks } = pencil;
  const lines = skyLines(inks.far, backdrop.top, horizon, 1.5, 1.035);
  if (inks.night)
    return [fill(wholeScene, inks.sky), lines, ...stars(pencil, pencil.whole(12, 20), horizon - 12)];
  const clouds: SvgNode[] = [];
  for (let i = pencil.whole(0, 2); i > 0; i--) {
    clouds.push(
      cloud(
        pencil.between(12, 88),
        pencil.between(4, Math.max(8, horizon - 42)),
        pencil.between(0.7, 1.1),
        inks.light,
        inks.far,
      ),
    );
  }
  return [fill(wholeScene, inks.sky), lines, ...clouds];
}

/** Water from `top` down: rows of waves, each row a little darker line. */
export function sea(pencil: Pencil, top: number, color: string, lineColor: string): SvgNode[] {
  const reach = pencil.pick([8, 10, 12.4]);
  const width = backdrop.right - backdrop.left;
  const crest = `${command('M', backdrop.left, top)}${command('q', reach / 2, 3.2, reach, 0).repeat(Math.ceil(width / reach))}`;
  const half = reach / 2;
  let rows = '';
  for (let y = top + 6, row = 0; y < 126; y += 5.2 + row * 0.7, row++) {
    rows +=
      command('M', backdrop.left - (row % 2) * half + pencil.between(0, 4), y) +
      command('q', half / 2, 2, half, 0);
    rows += command('t', half, 0).repeat(Math.ceil(width / half));
  }
  return [fill(`${crest}V${backdrop.bottom}H${backdrop.left}Z`, color), line(rows, lineColor, 0.6, 0.7)];
}

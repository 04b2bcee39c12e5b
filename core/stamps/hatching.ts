import { command, type Point, roundTenth } from './path.ts';

// Shading with parallel lines, like an engraver's. Units are those of the drawing.

const STEPS = 10;
const ARGUMENTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, Z: 0 };

const at = (point: Point | undefined): Point => point ?? [0, 0];

function cubicAt(t: number, a: number, b: number, c: number, d: number): number {
  const u = 1 - t;
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
}

/** The control points of a curve command whose numbers start at `origin`. */
function controls(
  kind: string,
  n: readonly number[],
  origin: Point,
  from: Point,
  to: Point,
  mirror: Point,
): [Point, Point] {
  const pair = (k: number): Point => [origin[0] + (n[k] ?? 0), origin[1] + (n[k + 1] ?? 0)];
  if (kind === 'C') return [pair(0), pair(2)];
  if (kind === 'S') return [mirror, pair(0)];
  const toward = (end: Point): Point => {
    const [qx, qy] = pair(0);
    return [end[0] + (2 / 3) * (qx - end[0]), end[1] + (2 / 3) * (qy - end[1])];
  };
  return [toward(from), toward(to)];
}

/**
 * Returns the corners of a path's outlines, with ten steps per curve.
 * @param d path data with the commands M L H V C S Q Z, in either case; any other throws
 */
export function flatten(d: string): Point[][] {
  const outlines: Point[][] = [];
  let outline: Point[] = [];
  let here: Point = [0, 0];
  let mirror: Point = here;
  for (const [, letter = '', rest = ''] of d.matchAll(/([a-z])([^a-z]*)/gi)) {
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    const kind = letter.toUpperCase();
    const size = ARGUMENTS[kind];
    if (size === undefined) throw new TypeError(`A shaded shape has no ${letter} command.`);
    if (size === 0) here = at(outline[0]);
    for (let i = 0; size > 0 && i + size <= numbers.length; i += size) {
      const n = numbers.slice(i, i + size);
      const origin: Point = letter === kind ? [0, 0] : here;
      const from = here;
      if (kind === 'H') here = [origin[0] + (n[0] ?? 0), from[1]];
      else if (kind === 'V') here = [from[0], origin[1] + (n[0] ?? 0)];
      else here = [origin[0] + (n[size - 2] ?? 0), origin[1] + (n[size - 1] ?? 0)];
      if (kind === 'M' && i === 0) {
        outline = [];
        outlines.push(outline);
      }
      if (kind === 'C' || kind === 'S' || kind === 'Q') {
        const [p, q] = controls(kind, n, origin, from, here, mirror);
        for (let step = 1; step < STEPS; step++) {
          const t = step / STEPS;
          outline.push([cubicAt(t, from[0], p[0], q[0], here[0]), cubicAt(t, from[1], p[1], q[1], here[1])]);
        }
        mirror = [2 * here[0] - q[0], 2 * here[1] - q[1]];
      } else mirror = here;
      outline.push(here);
    }
  }
  return outlines;
}

/** Returns where the horizontal at `y` crosses the outlines, unordered. */
function crossings(outlines: readonly (readonly Point[])[], y: number): number[] {
  const found: number[] = [];
  for (const points of outlines) {
    points.forEach((from, index) => {
      const to = at(points[(index + 1) % points.length]);
      if (from[1] <= y !== to[1] <= y)
        found.push(from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]));
    });
  }
  return found;
}

/**
 * Fills a shape with parallel lines, as path data.
 * @param angle of the lines, in degrees clockwise from horizontal
 * @param gap between lines
 */
export function hatchLines(d: string, angle: number, gap: number): string {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const level = flatten(d).map((points) =>
    points.map(([x, y]): Point => [x * cos + y * sin, y * cos - x * sin]),
  );
  const heights = level.flat().map((point) => point[1]);
  const bottom = Math.max(...heights);
  let path = '';
  let here: Point = [0, 0];
  const go = (letter: string, along: number, y: number) => {
    const [dx, dy] = [
      roundTenth(along * cos - y * sin - here[0]),
      roundTenth(along * sin + y * cos - here[1]),
    ];
    path += command(letter, dx, dy);
    here = [here[0] + dx, here[1] + dy];
  };
  let sign = 1;
  for (let y = Math.min(...heights) + gap / 2; y < bottom; y += gap) {
    // Back and forth, like a hand: the moves between the lines stay short.
    const row = crossings(level, y).sort((a, b) => sign * (a - b));
    for (let i = 0; i + 1 < row.length; i += 2) {
      const [from, to] = [(row[i] ?? 0) + sign * 0.3, (row[i + 1] ?? 0) - sign * 0.3];
      if ((to - from) * sign < 0.6) continue;
      go(path === '' ? 'M' : 'm', from, y);
      go('l', to, y);
    }
    sign = -sign;
  }
  return path;
}

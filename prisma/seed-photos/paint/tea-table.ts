import { clamp, noise, smooth } from './noise.ts';

/** A place or direction in the room: x right, y up, z away from the eye. */
export type Vector = readonly [number, number, number];

export const add = (a: Vector, b: Vector, by = 1): Vector => [
  a[0] + b[0] * by,
  a[1] + b[1] * by,
  a[2] + b[2] * by,
];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const unit = (a: Vector): Vector => {
  const long = Math.hypot(...a);
  return [a[0] / long, a[1] / long, a[2] / long];
};

export const EYE: Vector = [0.15, 2.35, -5.4];
export const LOOK = unit(add([0.1, 0.72, 0], EYE, -1));
export const RIGHT = unit([LOOK[2], 0, -LOOK[0]]);
export const UP: Vector = [
  LOOK[1] * RIGHT[2] - LOOK[2] * RIGHT[1],
  LOOK[2] * RIGHT[0] - LOOK[0] * RIGHT[2],
  LOOK[0] * RIGHT[1] - LOOK[1] * RIGHT[0],
];
/** The window is high on the left, behind the cup. */
export const WINDOW = unit([-0.62, 0.62, 0.55]);
export const TEA = 0.98;

/** Half the cup's profile: how wide it is at a height. */
export function bowl(height: number): number {
  return 0.42 + 0.52 * clamp((height - 0.08) / 1.1) ** 0.55;
}

/** Distances to the things on the table, in units of about four centimetres. */
function cup(p: Vector): number {
  const round = Math.hypot(p[0], p[2]);
  const wall = Math.abs(round - bowl(p[1]) + 0.035) - 0.035;
  const shell = Math.max(wall, p[1] - 1.2, 0.1 - p[1]) - 0.015;
  const floor = Math.max(round - 0.5, Math.abs(p[1] - 0.13) - 0.04);
  const foot = Math.max(Math.abs(round - 0.4) - 0.045, Math.abs(p[1] - 0.09) - 0.06) - 0.012;
  // The handle: a ring drawn out downwards, to the right.
  const [hx, hy] = [p[0] * 0.96 + p[2] * -0.28 - 0.93, p[1] - 0.68];
  const hz = p[0] * 0.28 + p[2] * 0.96;
  const ring = Math.hypot(hx * (hx > 0 ? 0.92 : 1.1), hy * (hy < 0 ? 0.86 : 1.02)) - 0.3;
  const handle = Math.max(Math.hypot(ring, hz * 0.8) - 0.062, bowl(p[1]) - 0.04 - round);
  return Math.min(shell, floor, foot, handle) * 0.75;
}

function saucer(p: Vector): number {
  const round = Math.hypot(p[0], p[2]);
  const curve = 0.045 + 0.16 * smooth(0.62, 1.6, round) ** 1.3;
  return (Math.max(Math.abs(p[1] - curve) - 0.022, round - 1.55) - 0.012) * 0.7;
}

/** Two biscuits leaning on each other beside the saucer. */
function biscuit(p: Vector): number {
  const one = slab(p, [1.95, 0.09, -0.85], 0.42, 0.02, 0);
  const two = slab(p, [2.12, 0.25, -0.5], 0.42, 0.12, 1);
  return Math.min(one, two);
}

function slab(p: Vector, middle: Vector, radius: number, tilt: number, number: number): number {
  const [x, z] = [p[0] - middle[0], p[2] - middle[2]];
  const y = p[1] - middle[1] + tilt * (x + z) * (number === 1 ? -1.4 : 1);
  const wave = 0.005 * Math.cos(Math.atan2(z, x) * 26);
  const rough = 0.012 * noise(p[0] * 26, p[2] * 26, 5);
  return (Math.max(Math.hypot(x, z) - radius + 0.03 - wave, Math.abs(y) - 0.035 - rough) - 0.035) * 0.8;
}

const things = [cup, saucer, biscuit, (p: Vector) => p[1]] as const;
export const [CUP, SAUCER, BISCUIT, TABLE] = [0, 1, 2, 3];

export function nearest(p: Vector): { away: number; thing: number } {
  let [away, thing] = [99, TABLE];
  things.forEach((distance, number) => {
    const value = distance(p);
    if (value < away) [away, thing] = [value, number];
  });
  return { away, thing };
}

export function normal(p: Vector, thing: number): Vector {
  const e = 0.002;
  const of = things[thing] as (q: Vector) => number;
  return unit([
    of([p[0] + e, p[1], p[2]]) - of([p[0] - e, p[1], p[2]]),
    of([p[0], p[1] + e, p[2]]) - of([p[0], p[1] - e, p[2]]),
    of([p[0], p[1], p[2] + e]) - of([p[0], p[1], p[2] - e]),
  ]);
}

/** How much of the window a place sees: soft, because the window is wide. */
export function lightFrom(p: Vector): number {
  let open = 1;
  for (let away = 0.05, step = 0; step < 26 && away < 5; step++) {
    const clear = nearest(add(p, WINDOW, away)).away;
    open = Math.min(open, 0.5 + (3.2 * clear) / away);
    away += clamp(clear, 0.04, 0.4);
    if (open < 0) break;
  }
  return clamp(open) ** 1.3;
}

export function corners(p: Vector, n: Vector): number {
  let closed = 0;
  for (let step = 1; step <= 4; step++) {
    const away = 0.09 * step * step * 0.6;
    closed += (away - nearest(add(p, n, away)).away) / 1.8 ** step;
  }
  return clamp(1 - 1.5 * closed);
}

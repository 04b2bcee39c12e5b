/** Noise with a seed: the same picture on every machine and every run. */

/** A number from 0 to 1 for each whole-numbered place. */
export function hash(x: number, y: number, seed = 0): number {
  let mixed = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed | 0, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
}

/** Smooth noise from 0 to 1, one hill a unit. */
export function noise(x: number, y: number, seed = 0): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const u = fade(x - left);
  const v = fade(y - top);
  const upper = mix(hash(left, top, seed), hash(left + 1, top, seed), u);
  const lower = mix(hash(left, top + 1, seed), hash(left + 1, top + 1, seed), u);
  return mix(upper, lower, v);
}

/** Octaves of noise, each half as strong and twice as fine, turned against each other; 0 to 1. */
export function clouds(x: number, y: number, octaves = 5, seed = 0): number {
  let sum = 0;
  let strength = 0.5;
  let [px, py] = [x, y];
  for (let octave = 0; octave < octaves; octave++) {
    sum += strength * noise(px, py, seed + octave * 17);
    [px, py] = [1.6 * px + 1.2 * py + 11.3, -1.2 * px + 1.6 * py + 4.7];
    strength /= 2;
  }
  return sum / (1 - strength * 2);
}

/** Like {@link clouds}, with sharp crests: mountains and rocks. */
export function crests(x: number, y: number, octaves = 5, seed = 0): number {
  let sum = 0;
  let strength = 0.5;
  for (let octave = 0; octave < octaves; octave++) {
    sum += strength * (1 - Math.abs(2 * noise(x * 2 ** octave, y * 2 ** octave, seed + octave * 31) - 1));
    strength /= 2;
  }
  return sum;
}

/** Distance to the nearest and the second nearest of scattered points, one point a unit square, and that point's hash. */
export function cells(x: number, y: number, seed = 0): { near: number; next: number; id: number } {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  let [near, next, id] = [9, 9, 0];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [cx, cy] = [left + dx, top + dy];
      const away = Math.hypot(cx + hash(cx, cy, seed) - x, cy + hash(cx, cy, seed + 1) - y);
      if (away < near) {
        [next, near] = [near, away];
        id = hash(cx, cy, seed + 2);
      } else if (away < next) next = away;
    }
  }
  return { near, next, id };
}

export function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smooth(from: number, to: number, value: number): number {
  const part = clamp((value - from) / (to - from));
  return part * part * (3 - 2 * part);
}

export function clamp(value: number, low = 0, high = 1): number {
  return Math.min(high, Math.max(low, value));
}

/** A bell of the given width around zero. */
export function bell(value: number, width: number): number {
  return Math.exp(-(value * value) / (width * width));
}

function fade(part: number): number {
  return part * part * part * (part * (part * 6 - 15) + 10);
}

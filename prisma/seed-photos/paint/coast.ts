import { bell, clamp, clouds, hash, noise, smooth } from './noise.ts';
import { blend, type Light, light, times } from './picture.ts';

export const HORIZON = 0.4;

/** A headland with a lighthouse, and one sail. */
export function farLand(x: number, y: number, under: Light): Light {
  const rise =
    0.085 * smooth(0.86, 1.25, x) ** 0.8 + 0.012 * (clouds(x * 16, 1, 5, 50) - 0.4) * smooth(0.85, 0.95, x);
  const top = HORIZON - rise;
  let seen = under;
  const tower = 1.115;
  const foot = HORIZON - 0.066;
  const wide = 0.0085 - 0.003 * clamp((foot - y) / 0.085);
  const shaft =
    smooth(wide + 0.0008, wide - 0.0008, Math.abs(x - tower)) *
    smooth(foot - 0.086, foot - 0.084, y) *
    (y < top + 0.01 ? 1 : 0);
  const round = 0.62 + 0.5 * clamp(((tower - x) / wide) * 0.5 + 0.5);
  const band = Math.floor((foot - y) / 0.0215) % 2 === 1;
  seen = blend(seen, times(band ? light('c23b2e', 0.95) : light('f6efe6', 1.1), round), shaft);
  const lamp =
    smooth(0.0052, 0.0044, Math.abs(x - tower)) *
    smooth(foot - 0.104, foot - 0.102, y) *
    smooth(foot - 0.0855, foot - 0.0865, y);
  seen = blend(seen, light('3a4650', 0.7), lamp);
  const cap =
    smooth(0, 0.0012, y - (foot - 0.113) - Math.abs(x - tower) * 1.5) *
    smooth(foot - 0.1025, foot - 0.1035, y);
  seen = blend(seen, light('a8352b', 0.85), cap);
  if (y > top && y < HORIZON + 0.003 && x > 0.86) {
    const down = (y - top) / (rise + 0.001);
    const rock = clouds(x * 40, y * 130, 5, 51);
    const green = times(
      blend(light('52683c', 0.75), light('8a9a58', 0.85), clouds(x * 60, y * 160, 4, 52)),
      1,
    );
    const cliff = times(blend(light('5c5348', 0.7), light('b09a7c', 0.95), rock), 0.8 + 0.4 * (1 - down));
    const face = blend(green, cliff, smooth(0.25, 0.6, down + (rock - 0.5) * 0.6));
    seen = blend(seen, blend(face, light('c3ced2', 1.0), 0.34), smooth(top - 0.0008, top + 0.0008, y));
    seen = blend(seen, light('f2f4f0', 1.1), bell(y - HORIZON, 0.002) * 0.5);
  }
  const [bx, by] = [(x - 0.575) / 0.03, (HORIZON + 0.004 - y) / 0.06];
  const taper = clamp(1 - by);
  const main = smooth(0, 0.04, bx - 0.02) * smooth(0.42 * taper, 0.38 * taper, bx);
  const jib = smooth(0, 0.04, -bx - 0.03) * smooth(0.28 * taper, 0.24 * taper, -bx);
  const sail = by > 0.12 && by < 0.96 ? Math.max(main, by < 0.85 ? jib : 0) : 0;
  seen = blend(seen, light('a8432f', 0.95), sail);
  const hull = by > 0 && by < 0.1 ? smooth(0.4, 0.37, Math.abs(bx) + (0.1 - by)) : 0;
  return blend(seen, light('2f4a63', 0.6), hull);
}

/** Gulls: two bent strokes each. */
export function gulls(x: number, y: number): number {
  let seen = 0;
  for (const [gx, gy, size, turn] of [
    [0.83, 0.13, 0.034, 0.25],
    [0.91, 0.18, 0.022, -0.1],
    [0.75, 0.2, 0.017, 0.1],
  ] as const) {
    const [dx, dy] = [(x - gx) / size, (y - gy) / size - turn * ((x - gx) / size)];
    if (Math.abs(dx) > 1) continue;
    const wing = 0.32 * Math.abs(dx) ** 0.6 - 0.42 * dx * dx - 0.1;
    const thick = 0.05 * (1 - Math.abs(dx)) + 0.075 * bell(dx, 0.16) + 0.008;
    seen = Math.max(seen, smooth(thick, thick * 0.5, Math.abs(dy + wing)));
  }
  return seen;
}

/** Marram grass on the near dune, lower left. */
export function dune(x: number, y: number, under: Light): Light {
  const edge = 1.0 - 0.2 * smooth(0.5, -0.1, x) - 0.012 * noise(x * 9, 0, 60);
  let seen = under;
  if (y > edge) {
    const grain = 0.85 + 0.3 * noise(x * 500, y * 500, 61);
    seen = blend(
      under,
      times(blend(light('e6cfa6', 1.05), light('bf9c6c', 0.9), clamp((y - edge) * 7)), grain),
      smooth(edge, edge + 0.006, y),
    );
  }
  for (let blade = 0; blade < 190; blade++) {
    const root = 0.52 * hash(blade, 1, 62) ** 1.5 - 0.04;
    const foot = 1.02 - 0.2 * smooth(0.5, -0.1, root) + 0.07 * hash(blade, 2, 62);
    const tall = (0.1 + 0.17 * hash(blade, 3, 62)) * (1 - root);
    const up = (foot - y) / tall;
    if (up < 0 || up > 1) continue;
    const middle = root + tall * (0.12 + 0.5 * hash(blade, 4, 62)) * up * up;
    const wide = 0.0021 * (1 - up) ** 0.6 + 0.0003;
    const cover = smooth(wide, wide * 0.4, Math.abs(x - middle));
    if (cover <= 0) continue;
    const tone = blend(light('4d5a2c', 0.7), light('d3bf78', 1.0), hash(blade, 5, 62) * 0.6 + 0.5 * up);
    seen = blend(seen, times(tone, 0.7 + 0.6 * smooth(wide, -wide, x - middle)), cover);
  }
  return seen;
}

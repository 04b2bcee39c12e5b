import { bell, clamp, clouds, hash, noise, smooth } from './noise.ts';
import { blend, type Light, light, plus, ramp, times } from './picture.ts';

export const SILL = 0.775;
/** The window's opening. */
export const FRAME = { left: 0.2, right: 1.2, top: 0.02, bar: 0.635, cross: 0.3 };

/** The street outside at four o'clock, far out of focus: house fronts, a shop with lamps, a bare tree. */
export function street(x: number, y: number): Light {
  let seen: Light = ramp(
    [
      [0, light('a9b6c4', 1.25)],
      [0.35, light('d9c7ae', 1.25)],
      [0.6, light('c09a74', 1.0)],
      [0.8, light('5d4a40', 0.8)],
    ],
    y + 0.03 * Math.sin(x * 5),
  );
  // The house across the street, its windows, and the bakery on the ground floor.
  const house = smooth(0.5, 0.53, x) * smooth(1.18, 1.15, x) * smooth(0.1, 0.14, y);
  seen = blend(seen, blend(light('8a5f48', 0.9), light('b98a63', 1.0), 1 - y), house * 0.9);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 2; row++) {
      const [dx, dy] = [Math.abs(x - 0.6 - column * 0.15), Math.abs(y - 0.22 - row * 0.17)];
      const pane = smooth(0.04, 0.03, dx) * smooth(0.06, 0.05, dy);
      const lit = hash(column, row, 4) > 0.55;
      seen = blend(seen, lit ? light('ffc873', 1.7) : light('4d5560', 0.8), pane * house * 0.85);
    }
  }
  const shop = smooth(0.56, 0.58, x) * smooth(1.1, 1.08, x) * smooth(0.53, 0.545, y) * smooth(0.72, 0.7, y);
  seen = blend(seen, light('ffb75a', 2.3), shop * (0.75 + 0.25 * Math.sin(x * 60)));
  const awning = smooth(0.54, 0.56, x) * smooth(1.12, 1.1, x) * smooth(0.5, 0.51, y) * smooth(0.55, 0.54, y);
  seen = blend(seen, light('a8322a', 1.1), awning);
  // A tree that has kept some of its leaves.
  const crown = clouds(x * 9, y * 9, 4, 6) * bell(Math.hypot((x - 0.33) * 1.3, y - 0.18), 0.28);
  seen = blend(seen, light('c07a2c', 1.0), smooth(0.28, 0.42, crown) * 0.8);
  seen = blend(
    seen,
    light('4a3a30', 0.8),
    bell(x - 0.34 - 0.02 * Math.sin(y * 9), 0.016) * smooth(0.2, 0.35, y) * 0.9,
  );
  return seen;
}

/** Lamps and their reflections become discs. */
export function lamps(x: number, y: number): Light {
  let seen: Light = [0, 0, 0];
  for (let lamp = 0; lamp < 34; lamp++) {
    const cx = 0.22 + 1.0 * hash(lamp, 1, 2);
    const cy = lamp < 20 ? 0.5 + 0.24 * hash(lamp, 2, 2) : 0.06 + 0.4 * hash(lamp, 2, 2);
    const size = 0.016 + 0.022 * hash(lamp, 3, 2);
    const away = Math.hypot(x - cx, y - cy);
    const face = smooth(size, size * 0.92, away) * (0.7 + 0.3 * smooth(0.5, 1, away / size));
    const tone = hash(lamp, 4, 2);
    const colour =
      tone < 0.6 ? light('ffca74', 1.6) : tone < 0.82 ? light('ff8a4a', 1.4) : light('f7f0da', 1.2);
    seen = plus(seen, colour, face * (0.14 + 0.42 * hash(lamp, 5, 2)));
  }
  return seen;
}

export function room(x: number, y: number, outside: Light): Light {
  const pane = x > FRAME.left && x < FRAME.right && y > FRAME.top && y < SILL - 0.015;
  const bars = Math.max(
    smooth(0.021, 0.019, Math.abs(x - FRAME.bar - 0.17)),
    smooth(0.013, 0.011, Math.abs(y - FRAME.cross)),
    pane ? 0 : 1,
    smooth(0.032, 0.03, x - FRAME.left),
    smooth(0.032, 0.03, FRAME.right - x),
  );
  // Painted wood, seen against the light: its edges catch it.
  const paint = 0.85 + 0.3 * clouds(x * 12, y * 70, 4, 3);
  const inner = x > FRAME.left + 0.032 && x < FRAME.right - 0.032;
  const edge =
    bell(Math.abs(x - FRAME.bar - 0.17) - 0.02, 0.004) + bell(Math.abs(y - FRAME.cross) - 0.012, 0.004);
  const wood = plus(
    times(light('4a3c34', 0.75), paint),
    light('ffc98c', 0.6),
    Math.min(1, edge) * (pane && inner ? 0.6 : 0),
  );
  let seen = blend(outside, wood, bars);
  if (y > SILL - 0.015) {
    // The sill: worn paint with the window's light on it, falling off towards the room.
    const front = smooth(0.885, 0.89, y);
    const near = (y - SILL) / 0.11;
    const worn =
      0.8 + 0.35 * clouds(x * 5, y * 60, 5, 17) - 0.25 * smooth(0.64, 0.7, clouds(x * 14, y * 50, 4, 23));
    const shine = 0.65 + 0.6 * noise(x * 4, 2, 9);
    const top = times(blend(light('e8c096', 0.95), light('7d5c46', 0.6), clamp(near)), worn * shine);
    const mirrored = times(light('ffb765', 0.55), bell(x - 0.83, 0.3) * (1 - clamp(near)) * 0.9);
    const face = times(light('3c2e28', 0.5), worn * (1 - 0.6 * clamp((y - 0.89) / 0.11)));
    seen = blend(plus(top, mirrored), face, front);
    // Her shadow lies towards us.
    const under = bell((x - 0.51 + near * 0.03) / 0.17, 1) * smooth(-0.2, 0.15, near) * (1 - 0.5 * near);
    seen = times(seen, 1 - 0.72 * under * (1 - front));
  }
  return seen;
}

/** A geranium in a clay pot, for company. */
export function plant(x: number, y: number): { seen: Light; cover: number } {
  const side = (x - 1.04) / (0.075 + (SILL + 0.02 - y) * 0.17);
  const pot =
    smooth(1.03, 0.98, Math.abs(side)) *
    smooth(0.655, 0.66, y) *
    smooth(SILL + 0.022, SILL + 0.018, y + 0.008 * side * side);
  const rim = smooth(0.104, 0.101, Math.abs(x - 1.04)) * smooth(0.645, 0.65, y) * smooth(0.682, 0.678, y);
  const lit = 0.22 + 0.5 * smooth(0.3, 1, Math.abs(side)) + 0.12 * clouds(x * 30, y * 30, 3, 5);
  let seen = times(light('b5633f', 1.0), lit * (1 - 0.4 * bell(y - 0.69, 0.012)));
  let cover = Math.max(pot, rim);
  for (let at = 0; at < 84; at++) {
    const turn = hash(at, 1, 50) * Math.PI * 2;
    const reach = 0.03 + 0.13 * hash(at, 2, 50);
    const cx = 1.04 + Math.cos(turn) * reach * 1.15;
    const cy = 0.545 + Math.sin(turn) * reach * 0.95 - 0.02;
    const size = 0.017 + 0.017 * hash(at, 3, 50);
    const spin = Math.atan2(y - cy, x - cx);
    const away = Math.hypot(x - cx, (y - cy) * 1.2) / (size * (1 + 0.09 * Math.cos(spin * 7 + at)));
    const inside = smooth(1.03, 0.95, away);
    if (inside <= 0) continue;
    const through = 0.3 + 0.9 * hash(at, 4, 50);
    const veins = 0.85 + 0.15 * Math.cos(spin * 7 + at);
    const red = at % 11 === 10;
    const tone = red
      ? light('e0412f', 0.9)
      : blend(light('26401c', 0.7), light('a3b545', 0.9), through * 0.65);
    seen = blend(seen, times(tone, veins * (0.3 + 0.42 * away ** 3) * (0.55 + 0.6 * through)), inside);
    cover = Math.max(cover, inside);
  }
  const stem =
    bell(x - 1.04 - 0.02 * Math.sin(y * 40), 0.005) * smooth(0.56, 0.58, y) * smooth(0.66, 0.65, y);
  if (stem > cover) return { seen: light('3a4a22', 0.7), cover: stem };
  return { seen, cover };
}

/** A light curtain at the left, with folds that let the afternoon through. */
export function curtain(x: number, y: number): { seen: Light; cover: number } {
  const hem = 0.31 + 0.035 * Math.sin(y * 3.1 + 0.6) - 0.09 * smooth(0.45, 0.9, y) + 0.012 * Math.sin(y * 11);
  const cover = smooth(hem, hem - 0.012, x);
  const fold = 0.5 + 0.5 * Math.sin(x * 74 + 2.4 * Math.sin(y * 2.3) + 3 * noise(x * 4, y * 1.4, 2));
  const weave = 0.94 + 0.12 * noise(x * 420, y * 420, 3);
  const through = smooth(0.08, 0.3, x) * smooth(1.05, 0.5, y);
  const seen = times(
    blend(light('6f5a4c', 0.55), light('ffe3bb', 1.25), fold * (0.22 + 0.78 * through)),
    weave * (0.45 + 0.6 * through),
  );
  return { seen, cover };
}

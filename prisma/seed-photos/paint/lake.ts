import { bell, clamp, clouds, crests, hash, mix, noise, smooth } from './noise.ts';
import { blend, type Light, light, Picture, plus, ramp, times } from './picture.ts';

const SHORE = 0.56;
const SUN = { x: 0.86, y: 0.5 };

const evening = [
  [0, light('24406b')],
  [0.2, light('4a6590')],
  [0.36, light('a0899f')],
  [0.47, light('e7a685', 1.05)],
  [0.56, light('ffcf8a', 1.5)],
] as const;

function sky(x: number, y: number): Light {
  const away = Math.hypot((x - SUN.x) * 0.75, (y - SUN.y) * 1.6);
  let seen = plus(ramp(evening, y), light('ff9a4d', 2.2), bell(away, 0.26));
  // Bands of cloud, drawn out by the wind, lit from below.
  const bend = clouds(x * 1.5, y * 4, 3, 40) * 0.5;
  const band = clouds(x * 1.7 + bend, y * 9 + bend * 2, 6, 7);
  const thick = smooth(0.5, 0.78, band) * smooth(0.02, 0.2, y) * (1 - smooth(0.42, 0.54, y));
  const lit = blend(
    light('6d6683'),
    light('ff9d76', 1.5),
    smooth(0.08, 0.44, y) * (0.35 + bell(x - SUN.x, 0.6)),
  );
  seen = blend(seen, lit, thick * 0.8);
  return seen;
}

/** Height of a range's edge over the shore. */
function ridge(x: number, layer: number): number {
  const wide = crests(x * (1.1 + layer * 0.5) + layer * 7.3, layer * 3.1, 7, layer * 5);
  const valley = 0.35 + 0.65 * smooth(0.05, 0.75, Math.abs(x - SUN.x + 0.03));
  return ([0.36, 0.25, 0.12][layer] as number) * wide ** 1.6 * valley * 1.35;
}

function firs(x: number): number {
  let top = 0.004 + 0.02 * noise(x * 4, 0, 3);
  for (let tree = Math.floor(x * 130) - 2; tree <= Math.floor(x * 130) + 2; tree++) {
    const middle = (tree + hash(tree, 1, 8)) / 130;
    const grove = 0.3 + 0.7 * smooth(0.3, 0.6, noise(middle * 4, 0, 30));
    const tall = (0.026 + 0.036 * hash(tree, 2, 8)) * grove;
    const side = Math.abs(x - middle);
    const ragged = 0.0015 * Math.sin(side * 4000 + tree) + 0.002 * noise(x * 1300, tree, 4);
    top = Math.max(top, tall * (1 - side / (tall * 0.22 + 0.001)) + ragged);
  }
  return top;
}

function land(x: number, y: number): Light {
  const up = SHORE - y;
  const shine = bell(x - SUN.x, 0.5);
  if (up < firs(x))
    return blend(
      times(light('18211f'), 0.7 + 0.8 * noise(x * 240, y * 300, 2)),
      light('8a6a5c'),
      0.55 * bell(up, 0.03) * (0.4 + shine),
    );
  for (let layer = 2; layer >= 0; layer--) {
    const edge = ridge(x, layer);
    if (up >= edge) continue;
    const far = [0.8, 0.5, 0.2][layer] as number;
    const rock = 0.75 + 0.5 * crests(x * 9 + up * 7, up * 22 - x * 4, 5, 60 + layer);
    const bare = times(blend(light('1d2733'), light('4b5668'), smooth(0.1, 0.3, up)), rock);
    // Snow keeps the colour of the sky, in the gullies first.
    const snow = layer === 0 ? smooth(0.45, 0.62, rock * 0.42 + up * 0.9) * smooth(0.14, 0.26, up) : 0;
    const face = blend(bare, light('9b8fa6', 0.9), snow * 0.8);
    const haze = blend(light('7b7894', 0.75), light('f2a071', 1.1), shine);
    const mist = far + (1 - far) * 0.75 * bell(up, 0.07);
    return blend(face, haze, clamp(mist * (1 - 0.35 * smooth(0, 0.3, up))));
  }
  return sky(x, y);
}

function water(x: number, y: number): Light {
  const near = (y - SHORE) / (1 - SHORE);
  const depth = 0.03 / (y - SHORE + 0.006);
  // Ripples: long across, short in depth, finer with distance; the far water lies still.
  const wave = clouds(x * 3 * depth ** 0.6 + 5, depth * 26, 4, 21) - 0.5;
  const swell = noise(x * 2, depth * 5, 9) - 0.5;
  const fine = clouds(x * 9 * depth ** 0.5, depth * 90, 3, 33) - 0.5;
  const shake = (0.1 * near + 0.008) * wave + 0.03 * near * swell + (0.012 + 0.05 * near) * fine;
  const up = (y - SHORE) * (1.06 + 0.1 * near) + shake;
  const mirrored = land(x + shake * 0.25, SHORE - Math.max(0.0004, up));
  const deep = light('12212e', 0.9);
  const seen = blend(deep, mirrored, mix(0.93, 0.5, smooth(0, 1, near)));
  // A breath of wind far out.
  const breath = smooth(0.55, 0.7, noise(x * 2.2, depth * 1.4, 77)) * smooth(0.02, 0.1, near) * (1 - near);
  return plus(seen, light('f4b183', 0.5), breath * 0.16 * (0.4 + bell(x - SUN.x, 0.4)));
}

/** The landing stage: planks on the plane of the water, seen from one's own height. */
function stage(x: number, y: number): { seen: Light; cover: number } {
  const rise = 0.02;
  const depth = 0.36 / (y - SHORE + rise + 0.0001);
  const across = (x - 0.47) * depth;
  const middle = across - (depth - 0.9) * 0.12;
  const half = 0.34;
  const ends = 4.3;
  const pixel = depth / 960;
  const side = smooth(half + pixel, half - pixel, Math.abs(middle));
  const end = smooth(ends + pixel * depth * 3, ends, depth);
  const plank = depth / 0.12;
  const number = Math.floor(plank);
  const gap = smooth(0.0, 0.07, plank - number) * smooth(1, 0.93, plank - number);
  const grain = clouds(middle * 4 + hash(number, 0, 5) * 40, plank * 9, 4, 15);
  const age = 0.55 + 0.6 * hash(number, 3, 5);
  const wood = times(
    blend(light('3c3431'), light('8a7468'), grain),
    age * (0.55 + 0.45 * smooth(0.8, 3.5, depth)),
  );
  const glow = times(light('ffab78', 0.42), smooth(0.4, 0.75, grain) * smooth(0.7, 3, depth));
  const seen = times(plus(wood, glow), 0.12 + 0.88 * gap);
  return { seen, cover: y > SHORE ? side * end : 0 };
}

function posts(x: number, y: number): { seen: Light; cover: number } {
  for (const [px, foot, tall, wide] of [
    [0.235, 0.835, 0.11, 0.0105],
    [0.768, 0.835, 0.11, 0.0105],
    [0.414, 0.694, 0.055, 0.0058],
    [0.683, 0.694, 0.055, 0.0058],
  ] as const) {
    const side = (x - px) / wide;
    const cap = tall * 0.06 * Math.sqrt(Math.max(0, 1 - side * side));
    const cover =
      smooth(1.06, 0.94, Math.abs(side)) *
      smooth(foot + 0.002 + cap, foot + cap, y) *
      smooth(foot - tall - cap, foot - tall - cap + 0.002, y);
    if (cover <= 0) continue;
    const bark = 0.6 + 0.6 * clouds(x * 160, y * 14, 3, 88);
    const rim = smooth(0.25, 1, side);
    const top = y < foot - tall + cap ? 1 : 0;
    const seen = plus(times(light('2b2320'), bark), light('ff9c62', 0.55), rim * 0.5 + top * 0.4);
    return { seen, cover };
  }
  return { seen: [0, 0, 0], cover: 0 };
}

function reeds(x: number, y: number): number {
  let cover = 0;
  for (let blade = 0; blade < 70; blade++) {
    const right = blade % 3 === 0;
    const root = right ? 1.12 + 0.25 * hash(blade, 1, 3) : 0.2 * hash(blade, 1, 3) ** 1.5 - 0.02;
    const tall = 0.12 + 0.26 * hash(blade, 2, 3) * (right ? 0.7 : 1);
    const up = (1.01 - y) / tall;
    if (up > 1 || up < 0) continue;
    const lean = (hash(blade, 4, 3) - 0.45) * 0.12;
    const middle = root + lean * up * up;
    const wide = 0.0034 * (1 - up) ** 0.7 + 0.0006;
    cover = Math.max(cover, smooth(wide, wide * 0.4, Math.abs(x - middle)));
  }
  return cover;
}

export function paintLake(): Picture {
  const scene = Picture.of((x, y) => {
    let seen = y < SHORE ? land(x, y) : water(x, y);
    // Mist where the water begins.
    seen = blend(
      seen,
      blend(light('b59aa0', 0.9), light('ffbd86', 1.1), bell(x - SUN.x, 0.4)),
      0.22 * bell(y - SHORE, 0.006),
    );
    const planks = stage(x, y);
    seen = blend(seen, planks.seen, planks.cover);
    const post = posts(x, y);
    seen = blend(seen, post.seen, post.cover);
    return blend(seen, light('0c0f0d'), reeds(x, y) * 0.95);
  });
  return scene.bloom(0.9, 40, 0.18);
}

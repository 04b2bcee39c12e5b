import { bell, clamp, clouds, hash, mix, noise, smooth } from './noise.ts';
import { blend, type Light, light, Picture, plus, ramp, times } from './picture.ts';

const TENT = { x: 0.56, foot: 0.86, wide: 0.235, tall: 0.225 };

const night = [
  [0, light('0a1330', 1.1)],
  [0.4, light('14264f', 1.1)],
  [0.66, light('2b4468', 1.1)],
  [0.82, light('56707f', 0.9)],
] as const;

function stars(x: number, y: number, density: number, seed: number, size: number): Light {
  const [px, py] = [x * density, y * density];
  let seen: Light = [0, 0, 0];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [cx, cy] = [Math.floor(px) + dx, Math.floor(py) + dy];
      const shine = hash(cx, cy, seed) ** 16;
      if (shine < 0.02) continue;
      const away = Math.hypot(cx + hash(cx, cy, seed + 1) - px, cy + hash(cx, cy, seed + 2) - py) / density;
      const warm = hash(cx, cy, seed + 3);
      const colour: Light = warm > 0.75 ? [1, 0.78, 0.55] : warm < 0.4 ? [0.68, 0.82, 1] : [1, 0.97, 0.92];
      seen = plus(
        seen,
        colour,
        shine * (3 * bell(away, size * (0.6 + shine)) + 0.12 * bell(away, size * 5 * shine)),
      );
    }
  }
  return seen;
}

function sky(x: number, y: number): Light {
  // The Milky Way leans over the picture: bright towards its middle, with dark lanes of dust.
  const across = (x - 0.98) * 0.74 + (y - 0.2) * 0.67;
  const along = (x - 0.98) * 0.67 - (y - 0.2) * 0.74;
  const bend = (clouds(along * 2 + 3, across * 2, 4, 12) - 0.5) * 0.22;
  const band = bell(across + bend, 0.17);
  const core = bell(across + bend, 0.075) * (0.5 + 0.5 * bell(along + 0.2, 0.6));
  const dust =
    smooth(0.38, 0.7, clouds(along * 3.2, across * 8 + bend * 8, 6, 5)) *
    bell(across + bend * 0.6 + 0.01, 0.07);
  const veil = clouds(x * 7, y * 7, 5, 61);
  let seen = ramp(night, y);
  seen = plus(seen, light('8d9fd0', 0.3), band * (0.35 + 0.9 * veil));
  seen = plus(seen, light('e7c9c4', 0.34), core * (0.3 + 1.1 * veil));
  seen = times(seen, 1 - 0.48 * dust);
  const clear = (1 - smooth(0.6, 0.84, y)) * (1 - 0.5 * dust);
  seen = plus(seen, stars(x, y, 34, 3, 0.0011), 1.5 * clear);
  seen = plus(seen, stars(x, y, 90, 13, 0.0008), 0.9 * clear);
  seen = plus(seen, stars(x, y, 210, 23, 0.0006), (0.3 + 1.6 * band) * clear);
  // One falling star.
  const [mx, my] = [x - 0.27, y - 0.17];
  const on = mx * 0.9 + my * 0.44;
  const off = mx * 0.44 - my * 0.9;
  const trail = smooth(0, 0.15, on) * smooth(0.17, 0.155, on);
  return plus(seen, [1, 0.98, 0.92], 1.7 * trail * trail * bell(off, 0.0009 + 0.0006 * on));
}

/** How far a fir reaches at this place: over 0 is inside. */
function fir(x: number, y: number, foot: number, middle: number, tall: number, seed: number): number {
  const up = (foot - y) / tall;
  if (up < 0 || up > 1) return -1;
  const step = up * (11 + 4 * hash(seed, 5, 1));
  const branch = 1 - (step - Math.floor(step));
  const sway = 0.75 + 0.5 * hash(Math.floor(step), seed, x > middle ? 1 : 2);
  const ragged = (noise(x * 420, y * 420, seed) - 0.5) * 0.06;
  const reach = tall * (0.23 * (1 - up) ** 0.85 * (0.55 + 0.6 * branch * sway) + ragged * (1 - up) + 0.004);
  return (reach - Math.abs(x - middle)) * 960;
}

function forest(x: number, y: number): { cover: number; depth: number } {
  let cover = smooth(0, 0.02, y - (0.765 + 0.02 * noise(x * 3, 0, 8)));
  let depth = 1;
  for (let tree = 0; tree < 46; tree++) {
    const near = tree > 30;
    const side = tree % 2 === 0 ? hash(tree, 1, 9) * 0.62 : 1.333 - hash(tree, 1, 9) * 0.62;
    const edge = clamp(Math.abs(side - 0.667) / 0.667);
    const middle = near
      ? tree % 2 === 0
        ? -0.05 + 0.24 * hash(tree, 1, 9)
        : 1.38 - 0.24 * hash(tree, 1, 9)
      : side;
    const tall = near ? 0.4 + 0.34 * hash(tree, 2, 9) : 0.06 + 0.2 * edge ** 1.6 * (0.5 + hash(tree, 2, 9));
    const inside = fir(x, y, near ? 0.86 : 0.79, middle, tall, tree);
    if (inside > -0.6) {
      cover = Math.max(cover, smooth(-0.6, 0.6, inside));
      if (near) depth = 0.35;
    }
  }
  return { cover, depth };
}

/** The tent: a dome seen a little from the side. `u` runs from -1 to 1 across, `up` from 0 to 1. */
function tent(x: number, y: number): { seen: Light; cover: number } {
  const height = (TENT.foot - y) / TENT.tall;
  const up = clamp(height);
  const lean = (x - TENT.x) / TENT.wide;
  const u = lean / Math.sqrt(Math.max(0.0004, 1 - up ** 2.3));
  const dome = Math.abs(u) ** 2.6;
  const cover = smooth(1.02, 0.985, dome) * smooth(-0.012, 0.002, height) * smooth(1.002, 0.996, height);
  if (cover <= 0) return { seen: [0, 0, 0], cover: 0 };

  // The lamp stands low, left of the middle; the cloth is brightest beside it and shades into the folds.
  const lamp = Math.hypot(lean + 0.12, (up - 0.2) * 0.95);
  let glow = 0.2 + 1.5 * bell(lamp, 0.5) + 0.55 * bell(lamp, 1.1);
  const cloth = 0.86 + 0.22 * clouds(x * 26, y * 20, 4, 31) + 0.07 * Math.sin(u * 9 + up * 5);
  glow *= cloth;
  // Poles bow over the dome from side to side; a seam runs along its foot.
  const pole = Math.max(bell(Math.abs(u + 0.06) - 0.5, 0.016), bell(u - 0.86, 0.014), bell(u + 0.9, 0.012));
  glow *= 1 - 0.5 * pole;
  glow *= 1 - 0.5 * bell(up - 0.045, 0.02);
  let seen = blend(light('d8561c', 1), light('ffc069', 2.1), clamp(glow * 0.62));
  seen = times(seen, 0.1 + glow);
  // The open door: a slit of clear lamp light with a flap rolled aside.
  const door = mix(0.2, 0.015, clamp(up / 0.66) ** 1.4);
  const slit = Math.abs(lean - 0.16 + up * 0.06);
  const open = smooth(door + 0.012, door - 0.004, slit) * smooth(0.68, 0.64, up);
  const inner = blend(
    light('ffb257', 2.2),
    light('fff0c4', 3.4),
    bell(Math.hypot(lean - 0.02, (up - 0.16) * 1.2), 0.3),
  );
  const bedding = up < 0.12 + 0.03 * noise(x * 30, 0, 4) ? light('9c3a22', 1.1) : inner;
  seen = blend(seen, bedding, open);
  seen = times(seen, 1 - 0.55 * bell(slit - door, 0.012) * smooth(0.7, 0.62, up));
  // The night lies on its shoulders.
  seen = plus(seen, light('7f9ccc', 0.12), smooth(0.7, 1, up) * 0.8);
  return { seen, cover };
}

function grass(x: number, y: number): Light {
  const near = (y - 0.77) / 0.23;
  const blades = clouds(x * mix(240, 90, near), y * mix(140, 26, near), 3, 55);
  const tufts = clouds(x * 14, y * 40, 4, 57);
  const dark = times(blend(light('0d1a1e'), light('2a3c3c'), tufts), 0.35 + 0.9 * blades);
  const [dx, dy] = [(x - TENT.x + 0.03) / 0.42, (y - TENT.foot) / 0.13];
  const spill =
    Math.exp(-(dx * dx + dy * dy) * 1.3) +
    0.7 *
      bell((x - TENT.x - 0.03 - (y - TENT.foot) * 0.25) / (0.4 + near), 0.12) *
      smooth(0.85, 0.88, y) *
      (1 - near * 0.55);
  return plus(dark, times(light('ff9a3e', 1.5), (0.22 + 1.1 * blades * tufts) * spill), 0.62);
}

/** Single blades before the tent and at the picture's edge. */
function blades(x: number, y: number): { seen: Light; cover: number } {
  for (let blade = 260; blade > 0; blade--) {
    const root = hash(blade, 1, 70) * 1.36 - 0.01;
    const foot = 0.868 + 0.14 * hash(blade, 2, 70);
    const tall = (0.016 + 0.045 * hash(blade, 3, 70)) * (0.5 + 4 * (foot - 0.868) + 0.5);
    const up = (foot - y) / tall;
    if (up < 0 || up > 1) continue;
    const middle = root + (hash(blade, 4, 70) - 0.5) * 0.7 * tall * up * up;
    const wide = (0.0012 + 0.008 * (foot - 0.868)) * (1 - up * 0.9);
    const cover = smooth(wide, wide * 0.5, Math.abs(x - middle));
    if (cover < 0.05) continue;
    const lit = Math.exp(-(((root - TENT.x) / 0.33) ** 2)) * smooth(1.02, 0.86, foot);
    return { seen: plus(light('0b1214', 0.9), light('ff9a3e', 0.9), lit * up * 0.5), cover };
  }
  return { seen: [0, 0, 0], cover: 0 };
}

export function paintTent(): Picture {
  const scene = Picture.of((x, y) => {
    let seen = sky(x, y);
    // Far hills, still a little light behind them.
    const hill = 0.7 - 0.05 * clouds(x * 2.2, 1, 4, 90) - 0.03 * Math.sin(x * 4 + 1);
    seen = blend(seen, light('21364a', 0.9), smooth(hill - 0.001, hill + 0.001, y));
    seen = plus(seen, light('6e8b96', 0.35), bell(y - 0.765, 0.04) * smooth(hill, hill + 0.03, y));
    const trees = forest(x, y);
    const warm = 0.5 * Math.exp(-(((x - TENT.x) / 0.3) ** 2) - ((y - 0.8) / 0.16) ** 2);
    const needles = 0.6 + 0.8 * noise(x * 260, y * 260, 44);
    const wood = plus(
      times(light('0a1318'), trees.depth * needles + 0.3),
      light('c96a28', 0.12),
      warm * needles,
    );
    seen = blend(seen, wood, trees.cover);
    if (y > 0.775) seen = blend(seen, grass(x, y), smooth(0.775, 0.8, y + 0.006 * noise(x * 120, 0, 2)));
    const house = tent(x, y);
    seen = blend(seen, house.seen, house.cover);
    const front = blades(x, y);
    return blend(seen, front.seen, front.cover);
  });
  return scene
    .focus(scene.blurred(1.7), () => 0.45)
    .bloom(0.8, 10, 0.2)
    .bloom(0.9, 60, 0.3);
}

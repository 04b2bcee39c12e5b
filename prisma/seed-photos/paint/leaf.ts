import { bell, cells, clamp, clouds, hash, mix, noise, smooth } from './noise.ts';
import { blend, type Light, light, Picture, plus, ramp, times } from './picture.ts';

/** Where the leaf is fastened and where its tip points. */
const BASE = { x: 0.25, y: 0.88 };
const TIP = { x: 1.02, y: 0.14 };
const LENGTH = Math.hypot(TIP.x - BASE.x, TIP.y - BASE.y);
const DIR = { x: (TIP.x - BASE.x) / LENGTH, y: (TIP.y - BASE.y) / LENGTH };
const VEINS = 11;

/** The wood behind, far out of focus: discs of light among leaves. */
function wood(x: number, y: number): Light {
  const broad = clouds(x * 1.6 + 4, y * 1.6, 3, 4);
  let seen = blend(light('1c2a1c', 0.8), light('7a6a2c', 0.9), smooth(0.3, 0.7, broad + 0.25 * (0.6 - y)));
  seen = plus(seen, light('ffd27a', 0.8), bell(Math.hypot(x - 1.15, y + 0.05), 0.5));
  seen = plus(seen, light('bf6a24', 0.6), bell(Math.hypot(x - 0.1, y - 0.75), 0.42));
  for (let disc = 0; disc < 74; disc++) {
    const dx = x - (hash(disc, 1, 6) * 1.45 - 0.06);
    const dy = y - (hash(disc, 2, 6) ** 1.3 * 1.0 - 0.04);
    const size = 0.022 + 0.05 * hash(disc, 3, 6);
    const away = Math.hypot(dx, dy);
    if (away > size * 1.1) continue;
    // The lens leaves a brighter rim.
    const face = smooth(size, size * 0.94, away) * (0.62 + 0.38 * smooth(0.55, 1, away / size));
    const tone = hash(disc, 4, 6);
    const colour = tone < 0.4 ? light('ffd27a') : tone < 0.7 ? light('f0913c') : light('b7c95c');
    seen = plus(seen, colour, face * (0.1 + 0.5 * hash(disc, 5, 6) ** 2.4));
  }
  return seen;
}

interface Place {
  /** Along the midrib, 0 at the stalk and 1 at the tip. */
  along: number;
  /** Away from the midrib, in parts of the length; the sign is the side. */
  across: number;
  /** Half the leaf's width here. */
  half: number;
}

function placeOf(x: number, y: number): Place {
  const [dx, dy] = [x - BASE.x, y - BASE.y];
  let along = (dx * DIR.x + dy * DIR.y) / LENGTH;
  let across = (dx * -DIR.y + dy * DIR.x) / LENGTH;
  // The leaf bows a little.
  across += 0.1 * (along - 0.5) ** 2 - 0.02;
  along += 0.05 * across * across;
  const inside = clamp(along);
  const belly = 0.345 * inside ** 0.62 * (1 - inside) ** 0.78 * 1.72;
  // Fine teeth, one at the end of each vein and smaller ones between.
  const teeth = toothed(along - Math.abs(across) * 0.55, VEINS) * 0.014 + toothed(along, VEINS * 3) * 0.005;
  const curl =
    0.012 * Math.sin(along * 17 + (across > 0 ? 0 : 2)) + 0.01 * noise(along * 8, across > 0 ? 1 : 5, 3);
  return { along, across, half: Math.max(0, belly + (teeth + curl) * smooth(0, 0.12, belly)) };
}

function toothed(at: number, count: number): number {
  const part = at * count - Math.floor(at * count);
  return part < 0.8 ? part / 0.8 : (1 - part) / 0.2;
}

interface LeafFace {
  seen: Light;
  cover: number;
}

function leaf(x: number, y: number): LeafFace {
  const { along, across, half } = placeOf(x, y);
  const side = Math.abs(across);
  const cover = along > 0 && along < 1 ? smooth(half + 0.0016, half - 0.0016, side) : 0;
  if (cover <= 0) return { seen: [0, 0, 0], cover: 0 };

  // Side veins leave the midrib forward and bend towards the tip.
  const shift = across > 0 ? 0.45 : 0;
  const run = (along - side * (0.62 - 0.35 * side) - 0.02) * VEINS * 1.12 + shift;
  const number = Math.floor(run + 0.5);
  const off = Math.abs(run - number) / (VEINS * 1.12);
  const thin = 0.0042 * (1 - 0.72 * (side / (half + 0.01))) * (1 - along * 0.35);
  const rib = 0.009 * (1 - along * 0.82);
  const midrib = bell(side, rib);
  const vein = number >= 0 ? bell(off, thin) * smooth(half, half * 0.9, side) : 0;
  // Between them a net of ever finer ones.
  const net = cells(along * 46 + side * 9, across * 58 - along * 8, 11);
  const mesh = bell(net.next - net.near, 0.12);
  const fine = cells(along * 130, across * 150, 12);
  const lace = bell(fine.next - fine.near, 0.16);

  // Autumn comes from the edge inwards and leaves the veins for last.
  const edge = side / (half + 0.02);
  const patch = clouds(along * 7 + 2, across * 9, 5, 8);
  const turned = clamp(
    edge ** 1.6 * 0.75 + (patch - 0.45) * 1.1 + 0.35 * along - vein * 0.2 - midrib * 0.3 + 0.05,
  );
  let tissue = ramp(
    [
      [0, light('c9b038')],
      [0.22, light('eeb02c')],
      [0.45, light('ee7f1d')],
      [0.7, light('cc4016')],
      [1, light('7c1d12')],
    ],
    turned,
  );
  // Light comes through from behind: quilted between the veins, deeper where the leaf is doubled by its ribs.
  const quilt = 0.72 + 0.5 * Math.sin(Math.PI * clamp((Math.abs(run - number) / 0.5) ** 0.8)) ** 1.2;
  const through = 0.5 + 0.95 * bell(Math.hypot(x - 0.86, y - 0.3), 0.62);
  tissue = times(tissue, quilt * through * (0.88 + 0.3 * net.id * 0.5 + 0.12 * fine.id));
  tissue = times(tissue, 1 - 0.26 * mesh - 0.1 * lace);
  const veinLight = times(light('ffcf70', 0.85), through * 0.95);
  tissue = blend(tissue, veinLight, clamp(vein * 0.5 * (1 - 0.55 * edge)));
  tissue = blend(tissue, times(veinLight, 1.05), clamp(midrib * 0.75));
  // The shaded flank of each rib.
  tissue = times(tissue, 1 - 0.35 * bell(off - thin * 2, thin * 1.6) - 0.3 * bell(side - rib * 1.9, rib));
  // Small brown spots and a few holes burnt by autumn.
  const spots = cells(along * 13, across * 15, 21);
  const spot = smooth(0.2, 0.08, spots.near) * (spots.id > 0.62 ? 1 : 0) * smooth(0.3, 0.8, turned + 0.2);
  tissue = blend(tissue, light('4a1a0c', 0.55), spot * 0.75);
  tissue = plus(tissue, light('ff9a4a', 0.5), 0.3 * bell(side - half, 0.005) * through);
  return { seen: tissue, cover };
}

/** Drops of dew: each a small lens that shows the bright side low and shines at one point. */
const drops = [
  [0.55, 0.1, 0.026],
  [0.38, -0.13, 0.018],
  [0.62, -0.075, 0.013],
  [0.47, 0.05, 0.008],
  [0.71, 0.06, 0.015],
  [0.3, 0.09, 0.011],
  [0.52, -0.16, 0.007],
  [0.66, 0.1, 0.006],
] as const;

function dew(x: number, y: number, under: Light): Light {
  let seen = under;
  for (const [along, across, size] of drops) {
    const cx = BASE.x + (DIR.x * along - DIR.y * across) * LENGTH;
    const cy = BASE.y + (DIR.y * along + DIR.x * across) * LENGTH;
    const [dx, dy] = [(x - cx) / size, ((y - cy) / size) * 1.06];
    const away = Math.hypot(dx, dy);
    const shade = bell(Math.hypot(dx + 0.35, dy - 0.45), 0.95);
    if (away >= 1.02) {
      seen = times(seen, 1 - 0.32 * shade * smooth(1.9, 1, away));
      continue;
    }
    const bend = leaf(x + dx * size * -0.7, y + dy * size * -0.7).seen;
    const lens = times(bend, 0.75 + 0.85 * smooth(-0.5, 0.9, -dx * 0.6 + dy * 0.8));
    const rim = times(lens, 1 - 0.55 * smooth(0.72, 1, away) * smooth(-0.4, 0.9, dx * 0.6 - dy * 0.7));
    const shine =
      smooth(0.3, 0.12, Math.hypot(dx - 0.34, dy + 0.42)) * 2.6 +
      0.5 * bell(Math.hypot(dx + 0.45, dy - 0.45), 0.3);
    seen = blend(seen, plus(rim, light('fffaf0'), shine), smooth(1.02, 0.96, away));
  }
  return seen;
}

function stalk(x: number, y: number): LeafFace {
  const along = ((x - BASE.x) * DIR.x + (y - BASE.y) * DIR.y) / LENGTH;
  const across = ((x - BASE.x) * -DIR.y + (y - BASE.y) * DIR.x) / LENGTH + 0.35 * along * along + 0.005;
  const cover = along < 0.02 ? smooth(0.0105, 0.008, Math.abs(across)) : 0;
  const round = clamp(0.55 - across * 55);
  return { seen: blend(light('6b2a12'), light('e79a4c', 1.1), round), cover };
}

export function paintLeaf(): Picture {
  const behind = Picture.of(wood, 1).blurred(5);
  const scene = Picture.of((x, y) => {
    let seen = behind.at(x, y);
    const stem = stalk(x, y);
    seen = blend(seen, stem.seen, stem.cover);
    const face = leaf(x, y);
    seen = blend(seen, face.seen, face.cover);
    return face.cover > 0.5 ? dew(x, y, seen) : seen;
  });
  // Sharp in the middle of the leaf, softer towards stalk and tip.
  const soft = scene.blurred(7);
  const near = (x: number, y: number) => {
    const along = ((x - BASE.x) * DIR.x + (y - BASE.y) * DIR.y) / LENGTH;
    return smooth(0.26, 0.62, Math.abs(along - 0.5) + 0.04 * mix(-1, 1, hash(0, 0, 1)));
  };
  return scene.focus(soft, near).bloom(0.9, 26, 0.22);
}

import { bell, cells, clamp, clouds, hash, mix, noise, smooth } from './noise.ts';
import { blend, type Light, light, Picture, plus, ramp, times } from './picture.ts';
import {
  add,
  BISCUIT,
  bowl,
  CUP,
  corners,
  dot,
  EYE,
  LOOK,
  lightFrom,
  nearest,
  normal,
  RIGHT,
  SAUCER,
  TABLE,
  TEA,
  UP,
  unit,
  type Vector,
  WINDOW,
} from './tea-table.ts';

/** The rainy window, out of focus; also what shines in the glaze and in the tea. */
function rain(direction: Vector): Light {
  const high = direction[1] / Math.max(0.2, Math.abs(direction[2]));
  const side = direction[0] / Math.max(0.2, Math.abs(direction[2]));
  const pane = smooth(-0.28, -0.24, high) * smooth(-2.4, -2.2, side) * smooth(0.5, 0.4, side);
  const bars = Math.max(bell(side + 0.62, 0.045), bell(high - 0.28, 0.04));
  const grey = ramp(
    [
      [-0.3, light('5f7a72', 0.75)],
      [0.1, light('93a8a6', 1.1)],
      [0.8, light('dfe6e6', 1.6)],
    ],
    high,
  );
  const seen = times(grey, 0.85 + 0.3 * clouds(side * 3, high * 3, 3, 9));
  return blend(
    light('2e241f', 0.5),
    blend(seen, light('e9dfd0', 0.45), bars * 0.8),
    pane * (direction[2] > -0.2 ? 1 : 0.15),
  );
}

/** What the eye sees behind the table: the same window, with its drops. */
function beyond(x: number, y: number): Light {
  let seen: Light = ramp(
    [
      [0, light('a8bcbb', 1.15)],
      [0.25, light('8fa79c', 0.95)],
      [0.5, light('55695c', 0.6)],
    ],
    y,
  );
  seen = times(seen, 0.75 + 0.5 * clouds(x * 4, y * 5, 4, 2));
  seen = blend(
    seen,
    light('3f5a3c', 0.55),
    smooth(0.45, 0.65, clouds(x * 3 + 7, y * 3, 4, 15)) * smooth(0.05, 0.35, y) * 0.8,
  );
  for (let drop = 0; drop < 120; drop++) {
    const [cx, cy] = [hash(drop, 1, 33) * 1.36, hash(drop, 2, 33) * 0.52];
    const size = 0.006 + 0.02 * hash(drop, 3, 33) ** 2;
    const away = Math.hypot(x - cx, (y - cy) * 0.86);
    const lens = smooth(size, size * 0.86, away) * (0.55 + 0.45 * smooth(-size, size, y - cy));
    seen = plus(seen, light(drop % 7 === 0 ? 'ffd9a0' : 'e8f2f0', 1), lens * (0.1 + 0.4 * hash(drop, 4, 33)));
  }
  const bars = Math.max(smooth(0.03, 0.022, Math.abs(x - 0.42)), smooth(1.14, 1.16, x));
  seen = blend(seen, times(light('d8cdbd', 0.62), 0.8 + 0.3 * noise(x * 30, y * 4, 4)), bars);
  return blend(seen, light('cbbba6', 0.62), smooth(0.36, 0.375, y) * 0.95);
}

function tableWood(p: Vector): Light {
  const plank = Math.floor((p[2] + 0.3) / 1.15);
  const seam = bell((p[2] + 0.3) / 1.15 - plank, 0.012) + bell((p[2] + 0.3) / 1.15 - plank - 1, 0.012);
  const bend = clouds(p[0] * 0.5 + plank * 9, p[2] * 2.2, 3, plank) * 2.4;
  const rings = 0.5 + 0.5 * Math.sin((p[2] * 5 + bend * 3.4 + plank * 3) * 3.1);
  const fibre = clouds(p[0] * 3, p[2] * 60, 4, 40);
  const tone = clamp(0.25 + 0.42 * rings * fibre + 0.4 * (fibre - 0.4) + 0.16 * hash(plank, 1, 7));
  return times(blend(light('4b2a17'), light('b98352'), tone), 1 - 0.75 * Math.min(1, seam));
}

function shade(p: Vector, direction: Vector, thing: number): Light {
  const n = thing === TABLE ? ([0, 1, 0] as Vector) : normal(p, thing);
  const open = lightFrom(add(p, n, 0.02));
  const close = corners(p, n);
  const facing = Math.max(0, dot(n, WINDOW));
  const sky = 0.5 + 0.5 * n[1];
  const mirror = add(direction, n, -2 * dot(direction, n));
  const glance = 0.04 + 0.96 * (1 - clamp(-dot(direction, n))) ** 5;
  const received = plus(
    times(light('e4eef0', 2.3), facing * open),
    light('c4b5a2', 0.62),
    (0.5 + 0.5 * sky + 0.45 * clamp(-n[2])) * close,
  );

  if (thing === TABLE) {
    const wood = tableWood(p);
    const gloss = glance * 0.55 + 0.06;
    return plus(
      times(wood, received),
      rain(mirror),
      gloss * close * (0.6 + 0.4 * noise(p[0] * 9, p[2] * 40, 3)),
    );
  }
  if (thing === BISCUIT) {
    const crumb = clouds(p[0] * 12, p[2] * 12, 4, 6);
    return times(blend(light('7a4016'), light('d9a05a'), crumb * 1.15 - 0.05), received);
  }
  // Glaze: cream, with a blue band and thrown rings; it thins to brown on the rims.
  const height = thing === CUP ? p[1] : Math.hypot(p[0], p[2]) - 0.35;
  const thrown = 0.97 + 0.05 * Math.sin(height * 90 + 2 * noise(p[0] * 3, p[2] * 3, 1));
  let glaze = times(light('f0e6d4', 0.92), thrown);
  const band =
    thing === CUP
      ? smooth(0.84, 0.87, p[1]) * smooth(1.09, 1.06, p[1])
      : bell(Math.hypot(p[0], p[2]) - 1.34, 0.07);
  const brush = 0.55 + 0.45 * clouds(Math.atan2(p[2], p[0]) * 4, p[1] * 26, 4, 13);
  const outside = thing === SAUCER || Math.hypot(p[0], p[2]) > bowl(p[1]) - 0.03;
  if (outside) glaze = blend(glaze, light('2f5578', 0.8), clamp(band) * brush * 0.9);
  const rim = thing === CUP ? smooth(1.165, 1.2, p[1]) : smooth(1.5, 1.55, Math.hypot(p[0], p[2]));
  glaze = blend(glaze, light('8a5a35', 0.7), rim * 0.75);
  const speck = cells(Math.atan2(p[2], p[0]) * 9, thing === CUP ? p[1] * 11 : height * 11, 3);
  glaze = blend(glaze, light('5a3c26', 0.5), speck.id > 0.72 ? smooth(0.12, 0.05, speck.near) * 0.5 : 0);
  return plus(times(glaze, received), rain(mirror), glance * 0.8 + 0.03);
}

function tea(p: Vector, direction: Vector): Light {
  const round = Math.hypot(p[0], p[2]);
  const ripple: Vector = unit([0.012 * Math.sin(round * 30), 1, 0.012 * Math.cos(p[0] * 18)]);
  const mirror = add(direction, ripple, -2 * dot(direction, ripple));
  const glance = 0.05 + 0.95 * (1 - clamp(-dot(direction, ripple))) ** 5;
  const shallow = smooth(0.55, 0.88, round);
  const open = lightFrom(add(p, [0, 1, 0], 0.05));
  const body = times(blend(light('8a3208', 0.75), light('d9852a', 1.15), shallow), 0.4 + 0.75 * open);
  return plus(body, rain(mirror), glance * 1.1 + 0.02);
}

function look(x: number, y: number): { seen: Light; far: number } {
  const [sx, sy] = [(x - 0.667) * 0.92, (0.5 - y) * 0.92];
  const direction = unit(add(add(LOOK, RIGHT, sx), UP, sy));
  let away = 2.5;
  for (let step = 0; step < 110; step++) {
    const p = add(EYE, direction, away);
    const near = nearest(p);
    // The surface of the tea lies inside the cup.
    const surface = direction[1] < 0 ? (TEA - EYE[1]) / direction[1] : 99;
    if (away >= surface - 0.001 && away - near.away * 1.2 <= surface + 0.3) {
      const q = add(EYE, direction, surface);
      if (Math.hypot(q[0], q[2]) < bowl(TEA) - 0.055) return { seen: tea(q, direction), far: surface };
    }
    if (near.away < 0.0012 * away * 0.5) return { seen: shade(p, direction, near.thing), far: away };
    away += near.away;
    if (p[2] > 3.4 || away > 14) break;
  }
  return { seen: beyond(x, y), far: 14 };
}

/** Steam: wisps that rise from the cup, bend, and come apart. */
function steam(x: number, y: number): number {
  const up = (0.43 - y) / 0.42;
  if (up < 0) return 0;
  const drift = 0.05 * up * Math.sin(up * 4 + 0.5) + 0.1 * (clouds(up * 2.2, 3, 3, 90) - 0.5) * up;
  const side = (x - 0.645 - drift) / (0.085 + 0.1 * up);
  const bend = clouds(x * 5, y * 3.5, 4, 91) * 1.6;
  const wisp = Math.abs(clouds(x * 6.5 + bend, y * 3 + bend * 0.7, 5, 92) - 0.5) * 2;
  const veil = (1 - wisp) ** 5;
  return bell(side, 1) * veil * smooth(0, 0.12, up) * smooth(1.02, 0.25, up);
}

export function paintTea(): Picture {
  const far = new Map<number, number>();
  const scene = Picture.of((x, y) => {
    const seen = look(x, y);
    far.set(Math.floor(x * 160) * 1000 + Math.floor(y * 160), seen.far);
    return seen.seen;
  });
  // The cup's rim is in focus; the window is not, nor the table's near edge.
  const depth = (x: number, y: number) => far.get(Math.floor(x * 160) * 1000 + Math.floor(y * 160)) ?? 14;
  const soft = scene.blurred(4);
  const softest = scene.blurred(11);
  scene.focus(soft, (x, y) => smooth(0.5, 1.3, Math.abs(depth(x, y) - 5.4)));
  scene.focus(softest, (x, y) => smooth(2.6, 5.5, depth(x, y) - 5.4));
  const cloud = Picture.of((x, y) => times(light('eef4f4'), steam(x, y)), 1).blurred(3);
  cloud.values.forEach((value, at) => {
    scene.values[at] = mix(scene.values[at] as number, 1.15, clamp(value * 0.85));
  });
  return scene.bloom(0.95, 30, 0.25);
}

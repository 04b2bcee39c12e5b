import { dune, farLand, gulls, HORIZON } from './coast.ts';
import { bell, clamp, clouds, hash, mix, noise, smooth } from './noise.ts';
import { blend, type Light, light, Picture, plus, ramp, times } from './picture.ts';

const EYE = 2.4;
const SUN = { x: 0.3, y: 0.14 };

function sky(x: number, y: number): Light {
  const up = clamp((HORIZON - y) / HORIZON);
  let seen: Light = ramp(
    [
      [0, light('ffe2bd', 1.35)],
      [0.14, light('cfdbe2', 1.05)],
      [0.45, light('79aad2', 0.9)],
      [1, light('2f6fae', 0.8)],
    ],
    up,
  );
  const away = Math.hypot(x - SUN.x, (y - SUN.y) * 1.1);
  seen = plus(seen, light('fff0cf', 1.6), bell(away, 0.28) * 0.5);
  // Heaps of cloud on a plane overhead, smaller towards the horizon.
  const far = 0.32 / (up + 0.1);
  const [cx, cy] = [(x - 0.667) * far * 2.1, far * 3.1];
  const bend = clouds(cx * 0.8, cy * 0.8, 3, 30);
  const heap = clouds(cx + bend * 0.8, cy + bend * 0.6, 7, 31);
  const lower = clouds(cx + bend * 0.8 + 0.1, cy + bend * 0.6 - 0.14, 6, 31);
  const thick = smooth(0.5, 0.72, heap) * smooth(0.03, 0.25, up);
  const lit = clamp(0.62 + (heap - lower) * 3.2 + 0.5 * bell(away, 0.45));
  seen = blend(seen, blend(light('8fa0b5', 0.95), light('fffaf0', 1.55), lit), thick * 0.94);
  // A low bank far out.
  const bank = smooth(0.1, 0.04, up - 0.05 * clouds(x * 5, 3, 5, 44)) * smooth(0, 0.03, up);
  return blend(seen, light('c9cdd2', 1.1), bank * 0.55);
}

/** Where a place of the picture lies on the plane of the sea, in metres. */
function ground(x: number, y: number): { east: number; out: number } {
  const out = (EYE * 0.62) / (y - HORIZON + 0.00025);
  return { east: ((x - 0.667) * out) / 0.62, out };
}

/** The line to which the water has run up the sand, in metres from the eye: bays and tongues. */
function waterline(east: number): number {
  return (
    5.1 +
    0.55 * Math.sin(east * 0.5 + 0.9) +
    0.5 * (noise(east * 0.9, 1, 3) - 0.5) +
    0.22 * (noise(east * 3.1, 2, 4) - 0.5) -
    0.28 * east
  );
}

/** Slope of the waves towards the eye and to the side; what is finer than a pixel is left out. */
function slopes(east: number, out: number): { near: number; side: number } {
  let [near, side] = [0, 0];
  const shore = smooth(4, 20, out);
  for (let wave = 0; wave < 16; wave++) {
    const long = 6.5 * 0.74 ** wave;
    const turn = (hash(wave, 1, 60) - 0.5) * (0.7 + wave * 0.12);
    const seen = smooth(0.4, 2.2, (long * 420) / (out * out * 0.35 + out * 3));
    if (seen <= 0) break;
    const phase =
      ((out * Math.cos(turn) + east * Math.sin(turn)) / long) * 2 * Math.PI + hash(wave, 2, 60) * 7;
    const bend = 1.6 * noise(east / long / 2.2, out / long / 2.2, 61 + wave);
    const steep = 0.085 * seen * (0.35 + 0.65 * shore) * Math.cos(phase + bend);
    near += steep * Math.cos(turn);
    side +=
      steep * Math.sin(turn) + 0.03 * seen * (noise((east / long) * 2, (out / long) * 2, 80 + wave) - 0.5);
  }
  return { near, side };
}

/** Two waves that break, one behind the other: their foam, and the shade of their backs. */
function breakers(east: number, out: number): { foam: number; wall: number } {
  let [foam, wall] = [0, 0];
  for (const [distance, strength, seed] of [
    [9.2, 0.9, 5],
    [15.5, 0.75, 6],
    [25, 0.5, 7],
  ] as const) {
    const line =
      distance + 0.9 * Math.sin(east * 0.21 + seed) + 0.8 * (noise(east * 0.5, seed, 9) - 0.5) - 0.22 * east;
    const behind = (out - line) / (distance * 0.075);
    const broken = smooth(0.34, 0.58, noise(east * 0.28 + seed * 3, seed, 12));
    const froth = clouds(east * 5, out * 5, 4, seed);
    foam = Math.max(
      foam,
      strength *
        broken *
        smooth(-1.3, -0.2, behind) *
        smooth(0.55, 0.1, behind) *
        smooth(0.28, 0.6, froth + 0.3 * bell(behind, 0.4)),
    );
    foam = Math.max(
      foam,
      0.5 *
        strength *
        broken *
        smooth(-4.5, -1, behind) *
        smooth(0, -0.5, behind) *
        smooth(0.52, 0.66, froth),
    );
    wall = Math.max(wall, bell(behind + 0.1, 0.55) * strength * (1 - broken * 0.7));
  }
  return { foam, wall };
}

/** A net of foam, as it lies on water that runs out. */
function lace(east: number, out: number, fine: number): number {
  const bend = clouds(east * 1.3, out * 1.3, 3, 70) * 1.5;
  const net = Math.abs(clouds(east * fine + bend, out * fine + bend, 4, 71) - 0.5);
  return smooth(0.075, 0.012, net);
}

function sand(east: number, out: number, wet: number): Light {
  const ripples = 0.5 + 0.5 * Math.sin(out * 21 + 5 * clouds(east * 1.4, out * 1.6, 3, 20));
  const grain =
    0.82 +
    0.36 * noise(east * 160, out * 160, 21) * smooth(5, 2, out) +
    0.2 * (clouds(east * 9, out * 9, 4, 22) - 0.5);
  const dry = times(
    blend(
      light('cfae82', 1.0),
      light('ecd6b0', 1.12),
      ripples * 0.55 + 0.45 * clouds(east * 2, out * 2, 3, 23),
    ),
    grain,
  );
  const damp = times(light('8c6c4c', 0.85), 0.9 + 0.2 * (grain - 1));
  return blend(dry, damp, wet);
}

function shore(x: number, y: number): Light {
  const { east, out } = ground(x, y);
  const line = waterline(east);
  const over = out - line;

  if (over < 0) {
    const wet = smooth(-1.25, -0.12, over + 0.2 * (noise(east * 1.7, out * 1.7, 25) - 0.5));
    const land = sand(east, out, wet);
    // Wet sand is a dull mirror.
    const mirror = sky(x + 0.012 * (noise(east * 9, out * 9, 26) - 0.5), HORIZON - (y - HORIZON) * 0.62);
    const seen = blend(land, mirror, 0.5 * smooth(0.35, 1, wet));
    // The last wave has left its line of foam, and a shade before the next.
    const rest =
      bell(over + 0.55 + 0.12 * noise(east * 4, 1, 27), 0.05) *
      smooth(0.5, 0.62, clouds(east * 8, out * 8, 3, 28));
    return plus(times(seen, 1 - 0.22 * bell(over + 0.03, 0.06)), light('fff8ec', 1.1), rest * 0.5);
  }

  const { near, side } = slopes(east, out);
  const down = Math.atan2(EYE, out);
  const glance = 0.03 + 0.97 * (1 - clamp(Math.sin(down) + Math.max(-0.02, near * 0.9))) ** 5;
  const lift = clamp((y - HORIZON) * 0.9 + 0.05 + near * 1.1, 0.002, 0.8);
  const mirrored = sky(clamp(x + side * 0.9, -0.2, 1.5), HORIZON - lift * HORIZON);
  const depth = clamp((over - 0.2) / 13);
  const hue = ramp(
    [
      [0, light('b9c0a0', 0.9)],
      [0.1, light('7fc0ac', 0.85)],
      [0.35, light('2f9aa0', 0.66)],
      [0.7, light('146a88', 0.5)],
      [1, light('0e4a70', 0.42)],
    ],
    depth,
  );
  const patches = 0.85 + 0.3 * clouds(east * 0.06, out * 0.05, 3, 29);
  let water = times(hue, patches * (1 + 0.9 * near));
  if (over < 2.2) water = blend(sand(east, out, 0.75), water, smooth(0, 2.2, over) * 0.85 + 0.1);
  let seen = blend(water, mirrored, clamp(glance * 0.82));
  const sea = breakers(east, out);
  seen = blend(seen, light('2aa6a0', 0.75), sea.wall * 0.55 * smooth(40, 12, out));
  // Sparks where a wave turns the sun to the eye.
  const spark = smooth(
    0.62,
    0.95,
    noise((east * 260) / (out * 0.25 + 3), (out * 60) / (out * 0.12 + 1), 33) + near * 1.6,
  );
  seen = plus(
    seen,
    light('fff3d6', 2.2),
    spark * bell(x - SUN.x + 0.02 * side, 0.16 + 0.12 * (y - HORIZON)) * smooth(0.98, 0.45, y) * 0.9,
  );

  const edge =
    bell(over - 0.05, 0.1) * 1.1 +
    smooth(1.5, 0.1, over) * lace(east, out, 1.5) * 0.85 +
    smooth(4.6, 1, over) * lace(east, out, 0.9) * 0.5;
  const froth = 0.8 + 0.4 * clouds(east * 12, out * 12, 4, 34);
  seen = blend(
    seen,
    times(light('fffaf2', 1.2), froth),
    clamp(Math.max(sea.foam, edge * smooth(0.25, 0.5, froth * 0.6)) * 0.92),
  );
  // Haze takes the far water.
  return blend(seen, light('cfdbe0', 1.05), 0.75 * smooth(60, 900, out));
}

export function paintSea(): Picture {
  const scene = Picture.of((x, y) => {
    let seen = y < HORIZON ? sky(x, y) : shore(x, y);
    if (x > 0.5 && y < HORIZON + 0.01 && y > HORIZON - 0.2) seen = farLand(x, y, seen);
    seen = blend(seen, light('5d6a74', 0.8), gulls(x, y) * 0.9);
    return x < 0.75 && y > 0.55 ? dune(x, y, seen) : seen;
  });
  return scene.bloom(1.0, 24, mix(0.2, 0.3, 0.5));
}

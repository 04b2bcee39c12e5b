import { bell, clamp, clouds, mix, noise, smooth } from './noise.ts';
import { blend, light, Picture, plus, times } from './picture.ts';
import { curtain, FRAME, lamps, plant, room, SILL, street } from './window.ts';

/** Distance to a round cone between two points: negative inside. */
function bone(
  x: number,
  y: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  ra: number,
  rb: number,
): number {
  const [vx, vy] = [bx - ax, by - ay];
  const part = clamp(((x - ax) * vx + (y - ay) * vy) / (vx * vx + vy * vy));
  return Math.hypot(x - ax - vx * part, y - ay - vy * part) - mix(ra, rb, part);
}

/** Joins two shapes with a soft hollow of the given size. */
function melt(a: number, b: number, size: number): number {
  const part = clamp(0.5 + (0.5 * (b - a)) / size);
  return mix(b, a, part) - size * part * (1 - part);
}

function triangle(x: number, y: number, corners: readonly (readonly [number, number])[]): number {
  const [[ax, ay], [bx, by], [cx, cy]] = corners as [[number, number], [number, number], [number, number]];
  const turn = Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
  const side = (px: number, py: number, qx: number, qy: number) =>
    (-turn * ((qx - px) * (y - py) - (qy - py) * (x - px))) / Math.hypot(qx - px, qy - py);
  return Math.max(side(ax, ay, bx, by), side(bx, by, cx, cy), side(cx, cy, ax, ay));
}

/** The cat from behind, sitting, her head turned a little to the bakery. */
function cat(px: number, py: number): number {
  const [x, y] = [(px - 0.5) / 1.06, (py - SILL) / 1.06];
  let body = melt(
    Math.hypot((x - 0.0) / 1.02, (y + 0.105) / 0.98) - 0.118,
    bone(x, y, 0.01, -0.16, 0.03, -0.27, 0.094, 0.058),
    0.07,
  );
  body = melt(body, Math.hypot((x + 0.052) / 1.1, y + 0.055) - 0.078, 0.05);
  body = melt(body, Math.hypot((x - 0.058) / 1.1, y + 0.05) - 0.072, 0.05);
  let head = Math.hypot((x - 0.043) / 1.14, (y + 0.352) / 0.96) - 0.061;
  head = melt(head, Math.hypot((x - 0.075) / 1.1, y + 0.336) - 0.04, 0.03);
  body = melt(body, head, 0.035);
  const left =
    triangle(x, y, [
      [-0.022, -0.36],
      [0.03, -0.395],
      [-0.02, -0.452],
    ]) - 0.007;
  const right =
    triangle(x, y, [
      [0.054, -0.398],
      [0.106, -0.36],
      [0.107, -0.45],
    ]) - 0.007;
  body = melt(body, Math.min(left, right), 0.018);
  // The tail hangs over the sill and turns up at its end.
  let tail = 9;
  for (let step = 0; step < 22; step++) {
    const at = (part: number) =>
      [
        0.09 + 0.2 * part + 0.02 * Math.sin(part * 5),
        -0.028 + 0.13 * part ** 1.7 - 0.16 * Math.max(0, part - 0.6) ** 2,
      ] as const;
    const [ax, ay] = at(step / 22);
    const [bx, by] = at((step + 1) / 22);
    tail = Math.min(tail, bone(x, y, ax, ay, bx, by, 0.024 - step * 0.0005, 0.024 - (step + 1) * 0.0005));
  }
  return melt(body, tail, 0.03) * 1.06;
}

/** Fur breaks the edge into hairs. */
function furred(x: number, y: number): number {
  const hairs =
    (noise(x * 330 + y * 90, y * 150, 7) - 0.5) * 0.006 + (noise(x * 130, y * 90, 8) - 0.5) * 0.006;
  return cat(x, y) + hairs;
}

function whiskers(x: number, y: number): number {
  let seen = 0;
  for (let hair = 0; hair < 5; hair++) {
    const [sx, sy] = [0.618, 0.418 + hair * 0.006];
    const run = x - sx;
    if (run < 0 || run > 0.075) continue;
    const path = sy + run * (-0.22 + hair * 0.16) + run * run * 2.2;
    seen = Math.max(seen, bell(y - path, 0.0011) * (1 - run / 0.075));
  }
  return seen;
}

export function paintCat(): Picture {
  const far = Picture.of(street, 1).blurred(22);
  const outside = Picture.of((x, y) => plus(far.at(x, y), lamps(x, y)), 1).blurred(4);
  const scene = Picture.of((x, y) => {
    let seen = room(x, y, outside.at(x, y));
    const pot = plant(x, y);
    seen = blend(seen, pot.seen, pot.cover);
    const edge = furred(x, y);
    const inside = smooth(0.0012, -0.0012, edge);
    if (inside > 0) {
      const depth = clamp(-edge / 0.02);
      const stripes =
        0.75 + 0.5 * smooth(0.35, 0.65, noise(x * 9 + 0.6 * noise(x * 20, y * 20, 4), y * 30, 5));
      const strands = 0.6 + 0.8 * noise(x * 260 + y * 40, y * 90, 6);
      const coat = times(light('3a2c25', 0.5), stripes * strands * (0.55 + 0.5 * smooth(0.5, 0.3, y)));
      // Light from the street lines her back and shines through the ears.
      const above = smooth(0.75, 0.45, y) * 0.6 + 0.4;
      const towards = 0.55 + 0.45 * smooth(-0.1, 0.1, x - 0.52);
      const rim = (1 - depth) ** 2 * (0.5 + strands * 0.7) * above * towards;
      let fur = plus(coat, light('ffbf7c', 1.5), rim * 0.85);
      const ear = smooth(0.345, 0.32, y) * smooth(0, 0.6, depth);
      fur = plus(fur, light('d9603a', 0.5), ear * 0.45);
      seen = blend(seen, fur, inside);
    } else {
      seen = plus(seen, light('ffd6a0', 0.3), bell(edge, 0.003) * (y < SILL ? 0.5 : 0));
    }
    seen = plus(seen, light('fff0d8', 1.1), whiskers(x, y) * 0.55 * (edge > 0 ? 1 : 0));
    const cloth = curtain(x, y);
    seen = blend(seen, cloth.seen, cloth.cover);
    // The wall beside the window.
    if (x > FRAME.right + 0.045 && y < SILL - 0.015) {
      seen = times(light('54443c', 0.4), 0.8 + 0.3 * clouds(x * 20, y * 20, 4, 71));
    }
    return seen;
  });
  return scene.focus(scene.blurred(1.7), () => 0.5).bloom(0.9, 34, 0.28);
}

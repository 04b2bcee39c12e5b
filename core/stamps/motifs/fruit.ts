import type { Palette } from '../palettes.ts';
import { ellipsePath } from '../path.ts';
import { dot, fill, hatch, line, type Motif, mirrored, move, skyLines, turn, wholeScene } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

const LEAF = 'M0 0C6-11 20-14 32-8C24 2 11 6 0 0Z';
const PEAR =
  'M50 28C58 28 60 38 62 46C65 56 76 62 75 78C74 92 62 98 50 98C38 98 26 92 25 78C24 62 35 56 38 46C40 38 42 28 50 28Z';
const PEAR_SHADE =
  'M54 29C60 34 60 40 62 46C65 56 76 62 75 78C74 92 62 98 50 98C66 90 66 74 58 60C52 50 56 40 54 29Z';
const LEMON =
  'M16 62C14 58 20 58 24 56C30 42 62 38 74 54C78 58 84 56 86 60C85 64 79 66 77 70C70 88 34 90 24 70C21 66 18 66 16 62Z';
const LEMON_SHADE = 'M80 58C79 64 78 66 77 70C70 88 34 90 24 70C40 80 66 78 74 56Z';

function leaf(x: number, y: number, angle: number, inks: Palette): SvgNode {
  return move(
    x,
    y,
    1,
    turn(
      angle,
      0,
      0,
      fill(LEAF, inks.near),
      hatch(LEAF, 58, 2.3, inks.light, 0.45, 0.5),
      line('M0 0Q16-7 28-7', inks.light, 0.7),
    ),
  );
}

function cherries(inks: Palette): SvgNode[] {
  const one = (x: number, y: number) => {
    const shape = ellipsePath(x, y, 15, 14.5);
    return [
      fill(shape, inks.accent),
      hatch(ellipsePath(x + 3, y + 3, 11, 10.5), 52, 1.9, inks.ink, 0.5, 0.5),
      line(`M${x - 8} ${y - 4}Q${x - 6} ${y - 9} ${x - 2} ${y - 10}`, inks.light, 1.6),
      line(shape, inks.ink, 0.8),
    ];
  };
  return [
    line('M56 24C48 40 38 52 34 68M56 24C58 42 64 54 68 72', inks.near, 1.7),
    ...one(33, 80),
    ...one(68, 84),
    leaf(55, 25, -8, inks),
    leaf(55, 25, 168, inks),
    line('M48 20H64', inks.near, 2.6),
  ];
}

function pear(inks: Palette): SvgNode[] {
  return [
    line('M50 30C50 22 53 18 56 15', inks.ink, 2.2),
    leaf(51, 25, 4, inks),
    fill(PEAR, inks.accent),
    hatch(PEAR_SHADE, 62, 1.8, inks.ink, 0.5, 0.55),
    line('M36 66Q30 74 33 84', inks.light, 1.8, 0.8),
    line(PEAR, inks.ink, 0.9),
    dot(44, 74, 0.6, inks.ink),
    dot(48, 82, 0.6, inks.ink),
    dot(41, 83, 0.6, inks.ink),
    line('M48 96.5 50 98.5 52 96.5', inks.ink, 1),
  ];
}

function lemon(inks: Palette): SvgNode[] {
  const slice = ellipsePath(66, 88, 15, 14);
  return [
    leaf(46, 46, -34, inks),
    leaf(46, 46, 206, inks),
    line('M46 46 48 34', inks.near, 1.8),
    fill(LEMON, inks.accent),
    hatch(LEMON_SHADE, 20, 1.8, inks.ink, 0.5, 0.5),
    line(LEMON, inks.ink, 0.9),
    line('M34 56Q42 49 52 49', inks.light, 1.6, 0.8),
    fill(slice, inks.light),
    line(slice, inks.ink, 0.9),
    fill(ellipsePath(66, 88, 12, 11), inks.accent),
    line('M66 77V99M55 82.5 77 93.5M55 93.5 77 82.5', inks.light, 1.3),
  ];
}

export const fruit: Motif = {
  name: 'Orchard',
  shows: 'fruit with its leaves',
  draw(pencil) {
    const { inks } = pencil;
    const grow = pencil.pick([cherries, pear, lemon]);
    const scene = grow(inks);
    return [
      fill(wholeScene, inks.sky),
      skyLines(inks.far, -34, 148, 2.6, 1),
      ...(pencil.chance(0.7)
        ? [fill(ellipsePath(50, 58, 43, 45), inks.night ? inks.far : inks.light, 0.8)]
        : []),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
    ];
  },
};

import type { Palette } from '../palettes.ts';
import { ellipsePath } from '../path.ts';
import { dot, fill, hatch, line, type Motif, mirrored, move, skyLines, turn, wholeScene } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

const CUP = 'M24 50C24 74 34 86 48 86C62 86 72 74 72 50Z';
const HEART = 'M0 6C-7 1-8-2-8-4C-8-9-2-9 0-5C2-9 8-9 8-4C8-2 7 1 0 6Z';

function pattern(kind: number, inks: Palette): SvgNode[] {
  if (kind === 0) {
    const band = 'M25.5 62C26 66 27 69 28.5 72H67.5C69 69 70 66 70.5 62Z';
    return [fill(band, inks.accent), line(`M30 67${'h.01m5 0'.repeat(8)}`, inks.light, 2)];
  }
  if (kind === 1)
    return [move(48, 67, 1.15, fill(HEART, inks.accent), line('M-4-5C-6-4-6-2-5-1', inks.light, 0.8))];
  const out: SvgNode[] = [line('M28 72C36 60 42 76 49 66C54 58 62 62 68 70', inks.near, 0.9)];
  for (const [x, y] of [
    [34, 65],
    [48, 68],
    [61, 64],
    [42, 76],
    [55, 75],
  ] as const) {
    out.push(dot(x, y, 3, inks.accent), dot(x, y, 1.1, inks.light));
  }
  return out;
}

export const teacup: Motif = {
  name: 'Teatime',
  shows: 'a steaming cup of tea',
  draw(pencil) {
    const { inks } = pencil;
    const steam = pencil.pick([
      'M38 42C33 36 43 31 38 25C34 20 41 16 39 11M49 42C44 36 54 30 49 23C45 17 52 13 50 7M60 42C55 36 65 31 60 25C56 20 63 16 61 11',
      'M42 42C36 35 48 28 42 20C37 13 46 10 44 4M54 42C48 35 60 28 54 20C49 13 58 10 56 4',
      'M48 42C36 34 62 28 50 18C42 11 54 8 52 2',
    ]);
    const tag = [
      line('M32 50C30 58 25 60 25 68', inks.ink, 0.6),
      move(
        25,
        74,
        1,
        turn(
          pencil.between(-14, 14),
          0,
          0,
          fill('M-5.5-7H5.5V6H-5.5Z', inks.light),
          line('M-5.5-7H5.5V6H-5.5Z', inks.ink, 0.6),
          move(0, 0, 0.42, fill(HEART, inks.accent)),
        ),
      ),
    ];
    const saucer = ellipsePath(48, 89, 37, 6.5);
    const scene = [
      line('M70 56C88 50 90 76 64 77', inks.light, 4.6),
      line('M71 53.5C91 48 93 79 63 79.5M70 58.5C84 54 86 72 66 74.5', inks.ink, 0.7),
      fill(saucer, inks.light),
      hatch(saucer, 0, 1.7, inks.mid, 0.5, 0.7),
      line(saucer, inks.ink, 0.8),
      fill(ellipsePath(48, 87.5, 15, 2.4), inks.mid),
      fill(CUP, inks.light),
      ...pattern(pencil.whole(0, 2), inks),
      hatch('M54 50C56 70 52 82 48 86C62 86 72 74 72 50Z', 74, 1.9, inks.mid, 0.5, 0.85),
      line(CUP, inks.ink, 0.9),
      fill(ellipsePath(48, 50, 24, 5.4), inks.light),
      fill(ellipsePath(48, 50.6, 21, 4), inks.night ? inks.mid : inks.accent),
      line(ellipsePath(48, 50, 24, 5.4), inks.ink, 0.8),
      line('M34 50.5H46M40 52.5H54', inks.light, 0.6, 0.8),
      ...(pencil.chance(0.6) ? tag : []),
      line(steam, inks.night ? inks.light : inks.mid, 1.9),
    ];
    const halo = ellipsePath(48, 46, 41, 41);
    const cloth = 'M-12 86H112V148H-12Z';
    const check = pencil.chance(0.5);
    return [
      fill(wholeScene, inks.sky),
      skyLines(inks.far, -34, 86, 2, 1.01),
      ...(pencil.chance(0.5) ? [fill(halo, inks.far, 0.6)] : []),
      fill(cloth, inks.near),
      ...(check
        ? [
            line('M-12 94H112M-12 104H112M-12 114H112M-12 124H112', inks.mid, 3, 0.6),
            line(
              'M4 86-12 140M24 86 14 140M44 86 40 140M64 86 66 140M84 86 92 140M104 86 118 140',
              inks.mid,
              3,
              0.6,
            ),
          ]
        : [hatch('M-12 88H112V132H-12Z', 0, 2.6, inks.mid, 0.6, 0.8)]),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
    ];
  },
};

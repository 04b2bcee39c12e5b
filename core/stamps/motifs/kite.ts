import { tenth } from '../path.ts';
import { cloud, fill, hatch, land, line, type Motif, mirrored, move, ridge, sky, turn } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

type Tail = readonly (readonly [x: number, y: number])[];

const TAILS: readonly [Tail, Tail] = [
  [
    [58, 60],
    [46, 70],
    [62, 80],
    [48, 90],
  ],
  [
    [60, 62],
    [66, 72],
    [52, 78],
    [60, 90],
  ],
];

export const kite: Motif = {
  name: 'Kite',
  shows: 'a kite in the wind',
  draw(pencil) {
    const { inks } = pencil;
    const [a, b] = pencil.pick([
      [inks.accent, inks.light],
      [inks.accent, inks.near],
      [inks.light, inks.accent],
      [inks.near, inks.accent],
    ] as const);
    const tail = pencil.pick(TAILS);
    let ribbon = 'M56 52';
    const bows: SvgNode[] = [];
    tail.forEach(([x, y], index) => {
      const [fx, fy] = index === 0 ? [56, 52] : (tail[index - 1] ?? [56, 52]);
      ribbon += `Q${tenth(fx + (index % 2 === 0 ? 9 : -9))} ${tenth((fy + y) / 2)} ${x} ${y}`;
      bows.push(
        move(
          x,
          y,
          1,
          turn(
            pencil.between(-40, 40),
            0,
            0,
            fill('M0 0-6-3.5V3.5ZM0 0 6-3.5V3.5Z', index % 2 === 0 ? inks.accent : inks.near),
          ),
        ),
      );
    });
    const pattern = pencil.whole(0, 2);
    const face = move(
      46,
      34,
      1,
      turn(
        18,
        0,
        0,
        fill('M0-26 18 0H-18Z', a),
        fill('M0 26-18 0H18Z', b),
        ...(pattern === 0 ? [fill('M0-26V26L-18 0Z', inks.mid, 0.4)] : []),
        ...(pattern === 1 ? [fill('M0-10 7 0 0 10-7 0Z', inks.mid)] : []),
        hatch('M0-26 18 0 0 26Z', 55, 2, inks.ink, 0.45, 0.45),
        line('M0-26V26M-18 0H18', inks.ink, 0.7),
        line('M0-26 18 0 0 26-18 0Z', inks.ink, 0.9),
        ...(pattern === 2
          ? [
              fill('M0 9C-7 4-8 1-8-1.5C-8-6-2-7 0-3C2-7 8-6 8-1.5C8 1 7 4 0 9Z', inks.light),
              line('M0 9C-7 4-8 1-8-1.5C-8-6-2-7 0-3C2-7 8-6 8-1.5C8 1 7 4 0 9Z', inks.ink, 0.6),
            ]
          : []),
      ),
    );
    const scene = [
      line('M46 34C40 66 24 84 8 104', inks.ink, 0.5),
      line(ribbon, inks.ink, 0.8),
      ...bows,
      face,
    ];
    const clouds = inks.night
      ? []
      : [cloud(80, 26, 1, inks.light, inks.far), cloud(18, 58, 0.8, inks.light, inks.far)];
    return [
      ...sky(pencil, 92),
      ...clouds,
      ...land(ridge(pencil, 92, 5), inks.far, inks.mid, 4, 3),
      ...land(ridge(pencil, 102, 4), inks.mid, inks.near, 5, 3),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
    ];
  },
};

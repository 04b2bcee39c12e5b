import { tenth } from '../path.ts';
import { cloud, fill, hatch, land, line, type Motif, move, ridge, sky } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

const ENVELOPE = 'M50 14C72 14 82 32 79 47C76 60 62 68 57 78H43C38 68 24 60 21 47C18 32 28 14 50 14Z';

function gore(offset: number, next: number): string {
  const side = (k: number, y: number) => tenth(50 + k * y);
  const edge = (k: number) => [k * 44, k * 58, k * 14] as const;
  const [a1, a2, a3] = edge(offset);
  const [b1, b2, b3] = edge(next);
  return `M50 14C${side(1, a1)} 22 ${side(1, a2)} 50 ${side(1, a3)} 78H${side(1, b3)}C${side(1, b2)} 50 ${side(1, b1)} 22 50 14Z`;
}

export const balloon: Motif = {
  name: 'Balloon',
  shows: 'a balloon high above the hills',
  draw(pencil) {
    const { inks } = pencil;
    const [a, b] = pencil.pick([
      [inks.accent, inks.light],
      [inks.light, inks.near],
      [inks.near, inks.accent],
      [inks.mid, inks.light],
    ] as const);
    const stripes = pencil.pick([
      [-0.36, -0.12, 0.12, 0.36],
      [-0.44, -0.27, -0.09, 0.09, 0.27, 0.44],
    ] as const);
    const gores: SvgNode[] = [];
    for (let i = 0; i + 1 < stripes.length; i += 2)
      gores.push(fill(gore(stripes[i] ?? 0, stripes[i + 1] ?? 0), b));
    const band = pencil.chance(0.5)
      ? [
          fill(
            'M21.5 49C40 56 60 56 78.5 49C77 53 74.5 57 72 60C60 65 40 65 28 60C25 57 23 53 21.5 49Z',
            inks.mid,
          ),
          line('M24 54C40 60 60 60 76 54', inks.light, 0.8),
        ]
      : [];
    const basket = 'M43 87H57L55.5 97H44.5Z';
    const clouds = inks.night
      ? []
      : [
          cloud(18, 66, 0.9, inks.light, inks.far),
          cloud(86, 34, 0.8, inks.light, inks.far),
          cloud(84, 84, 0.7, inks.light, inks.far),
        ];
    const small = move(
      pencil.between(80, 88),
      pencil.between(60, 72),
      0.2,
      fill('M0-20C22-20 24 4 7 26H-7C-24 4-22-20 0-20ZM-6 32H6V42H-6Z', inks.accent),
    );
    return [
      ...sky(pencil, 100),
      ...clouds,
      ...land(ridge(pencil, 100, 6), inks.far, inks.mid, 4, 3),
      ...land(ridge(pencil, 110, 4), inks.mid, inks.near, 4, 3),
      ...(pencil.chance(0.6) ? [small] : []),
      line('M43 78 44.5 88M57 78 55.5 88M50 78V88', inks.ink, 0.7),
      fill(ENVELOPE, a),
      ...gores,
      ...band,
      hatch('M56 14C74 18 82 32 79 47C76 60 62 68 57 78H52C60 62 70 40 56 14Z', 78, 1.9, inks.ink, 0.45, 0.5),
      line(ENVELOPE, inks.ink, 0.9),
      fill('M43 78H57V80.5H43Z', inks.ink),
      fill(basket, inks.near),
      line('M43.5 90H56.5M44 93.5H56', inks.light, 0.7),
      line(basket, inks.ink, 0.8),
    ];
  },
};

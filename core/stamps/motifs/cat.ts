import { ellipsePath } from '../path.ts';
import { fill, hatch, lightInTheSky, line, type Motif, mirrored, move, sky } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

const BODY = 'M35 97C30 76 37 56 50 55C63 56 70 76 65 97Z';
const HEAD = 'M33 46C32 36 40 32 50 32C60 32 68 36 67 46C66 55 59 60 50 60C41 60 34 55 33 46Z';
const EARS = 'M34 42 33 24 46 34ZM66 42 67 24 54 34Z';
const INNER_EARS = 'M36 37 35.5 29 41.5 34ZM64 37 64.5 29 58.5 34Z';

function face(awake: boolean, ink: string, eyes: string, nose: string): SvgNode[] {
  const look = awake
    ? [
        fill(ellipsePath(42.5, 45, 2.9, 3.2), eyes),
        fill(ellipsePath(57.5, 45, 2.9, 3.2), eyes),
        fill(ellipsePath(42.5, 45, 0.9, 2.7), ink),
        fill(ellipsePath(57.5, 45, 0.9, 2.7), ink),
      ]
    : [line('M39 45Q42.5 48.5 46 45M54 45Q57.5 48.5 61 45', ink, 1.1)];
  return [
    ...look,
    fill('M48 50H52L50 52.5Z', nose),
    line('M50 52.5Q47.5 56 45 54M50 52.5Q52.5 56 55 54', ink, 0.7),
    line('M39 51 27 49M39 53 28 55M61 51 73 49M61 53 72 55', ink, 0.45),
  ];
}

function coat(kind: 'tabby' | 'socks' | 'plain', mark: string, light: string, ink: string): SvgNode[] {
  const shade = hatch('M50 57C63 57 70 76 65 97H54C60 84 58 68 50 57Z', 64, 1.9, ink, 0.45, 0.5);
  if (kind === 'plain') return [shade];
  if (kind === 'socks') {
    const chest = 'M43 59C46 62 54 62 57 59C59 68 56 80 50 82C44 80 41 68 43 59Z';
    return [
      shade,
      fill(chest, light),
      fill('M40 97C40 91 47 91 48 97ZM52 97C53 91 60 91 60 97Z', light),
      fill('M44 52C44 48 49 48 50 50C51 48 56 48 56 52C55 57 45 57 44 52Z', light),
    ];
  }
  return [
    shade,
    line(
      'M50 33V38M46 33.5V37M54 33.5V37M34.5 70C38 69 40 70 42 72M33.5 78C37 77 40 78 42 80M34 86C37 85 40 86 42 88M65.5 70C62 69 60 70 58 72M66.5 78C63 77 60 78 58 80M66 86C63 85 60 86 58 88',
      mark,
      1.5,
    ),
  ];
}

export const cat: Motif = {
  name: 'Cat',
  shows: 'a cat on a window sill',
  draw(pencil) {
    const { inks } = pencil;
    const furs = [
      [inks.accent, inks.ink],
      [inks.near, inks.ink],
      [inks.light, inks.mid],
      [inks.mid, inks.near],
    ] as const;
    const [fur, mark] = inks.night ? pencil.pick([furs[0], furs[2], furs[3]]) : pencil.pick(furs);
    const dark = fur === inks.near;
    const features = dark ? inks.light : inks.ink;
    const tail = pencil.pick([
      'M62 93C78 95 86 86 80 77C77 73 72 76 74 80',
      'M63 94C76 98 90 92 88 80C87 72 80 70 78 74',
      'M64 95C70 99 74 106 68 114',
    ]);
    const pot = move(
      pencil.between(11, 17),
      97,
      1,
      line('M0-12C-1-22-6-26-9-27M0-12C0-24 3-32 7-35M0-12C2-18 6-21 10-21', inks.near, 1),
      fill(
        'M-9-27C-5-32 0-28-1-24C-4-23-8-24-9-27ZM7-35C2-37 0-31 3-28C7-28 9-31 7-35ZM10-21C8-26 3-23 3-19C6-17 9-18 10-21Z',
        inks.near,
      ),
      fill('M-7-12H7L5 0H-5Z', inks.accent),
      line('M-7-9H7', inks.light, 0.8),
    );
    const scene = [
      line(tail, fur, 4.6),
      fill(BODY, fur),
      ...coat(pencil.pick(['tabby', 'socks', 'plain']), mark, inks.light, inks.ink),
      line('M44 97C43 90 45 84 46 80M56 97C57 90 55 84 54 80', features, 0.6),
      fill(EARS, fur),
      fill(INNER_EARS, dark ? inks.mid : inks.light),
      fill(HEAD, fur),
      ...face(pencil.chance(0.6), features, dark ? inks.accent : inks.light, dark ? inks.light : inks.near),
    ];
    const sill = [
      fill('M-12 97H112V148H-12Z', inks.light),
      hatch('M-12 101H112V148H-12Z', 0, 2.2, inks.mid, 0.5, 0.6),
      line('M-12 97H112', inks.ink, 0.8),
    ];
    return [
      ...sky(pencil, 97),
      ...lightInTheSky(pencil, pencil.pick([24, 76]), pencil.between(14, 24), pencil.between(8, 11)),
      ...sill,
      ...(pencil.chance(0.5) ? [mirrored([pot, ...scene])] : [pot, ...scene]),
    ];
  },
};

import { tenth } from '../path.ts';
import { dot, fill, hatch, lightInTheSky, line, type Motif, move, type Pencil, sky } from '../pencil.ts';
import { el, type SvgNode } from '../svg.ts';

type Cap = { outline: string; shade: string; flat: number };

const CAPS: readonly [Cap, Cap, Cap] = [
  {
    outline: 'M-27 0C-28-20-12-30 0-30C12-30 28-20 27 0C14 7-14 7-27 0Z',
    shade: 'M4-29.5C16-28 28-18 26.5 0C20 3 12 4 6 4C14-6 14-20 4-29.5Z',
    flat: 1,
  },
  {
    outline: 'M-21 2C-21-12-10-36 0-38C10-36 21-12 21 2C10 7-10 7-21 2Z',
    shade: 'M2-37.5C11-33 21-12 21 2C16 4 11 5 5 5.5C11-6 9-24 2-37.5Z',
    flat: 1.1,
  },
  {
    outline: 'M-30-2C-26-16-12-22 0-22C12-22 26-16 30-2C16 4-16 4-30-2Z',
    shade: 'M6-21.5C16-20 27-13 29.5-2C22 1 14 2 8 2C14-6 14-14 6-21.5Z',
    flat: 0.75,
  },
];

function mushroom(pencil: Pencil, cap: Cap, height: number, color: string, shaded = true): SvgNode[] {
  const { inks } = pencil;
  const lean = pencil.between(-4, 4);
  const stem = `M-6 2C-5 14-7 ${tenth(height - 12)} ${tenth(lean - 9)} ${tenth(height)}H${tenth(lean + 9)}C7 ${tenth(height - 12)} 5 14 6 2Z`;
  const spots: SvgNode[] = [];
  for (const [x, y, r] of [
    [-13, -10, 3.2],
    [0, -19, 3.6],
    [12, -9, 3],
    [-4, -7, 2.2],
    [8, -1, 1.8],
    [-17, -1.5, 1.7],
  ] as const) {
    if (!shaded && r < 2) continue;
    spots.push(el('ellipse', { cx: x, cy: y * cap.flat, rx: r, ry: r * 0.85, fill: inks.light }));
  }
  return [
    fill(stem, inks.light),
    ...(shaded ? [hatch(stem, 86, 2, inks.mid, 0.5, 0.8)] : []),
    fill('M-24 0C-12 9 12 9 24 0C12-3-12-3-24 0Z', inks.far),
    fill(cap.outline, color),
    ...(shaded ? [hatch(cap.shade, 65, 1.9, inks.ink, 0.45, 0.5)] : []),
    ...spots,
    fill('M-9 12C-4 15 4 15 9 12C6 18-6 18-9 12Z', inks.light),
    line('M-9 12C-4 15 4 15 9 12', inks.mid, 0.6),
  ];
}

export const mushrooms: Motif = {
  name: 'Mushrooms',
  shows: 'mushrooms in the grass',
  draw(pencil) {
    const { inks } = pencil;
    const cap = pencil.pick(CAPS);
    const side = pencil.pick([-1, 1] as const);
    const color = pencil.pick([inks.accent, inks.accent, inks.mid]);
    let grass = '';
    for (let x = -4; x < 106; x += pencil.between(5, 9)) {
      const tip = pencil.between(-5, 5);
      grass += `M${tenth(x)} 104q${tenth(tip / 3)}-8 ${tenth(tip)}${tenth(-pencil.between(10, 18))}`;
    }
    return [
      ...sky(pencil, 98),
      ...(pencil.chance(0.6)
        ? lightInTheSky(pencil, 50 + side * -26, pencil.between(14, 26), pencil.between(8, 11))
        : []),
      move(50 + side * 27, 70, 0.55, ...mushroom(pencil, cap, 48, color, false)),
      fill('M-12 96C20 90 70 92 112 97V148H-12Z', inks.mid),
      move(50 - side * 6, 54, 1, ...mushroom(pencil, cap, 46, color)),
      ...(pencil.chance(0.6)
        ? [move(50 - side * 33, 84, 0.4, ...mushroom(pencil, CAPS[0], 40, inks.accent, false))]
        : []),
      line(grass, inks.near, 1.1),
      fill('M-12 103C20 98 70 99 112 104V148H-12Z', inks.near),
      line('M-10 110Q30 105 60 108M30 116Q60 111 110 114', inks.mid, 0.6),
      dot(50 + side * 10, 108, 0.9, inks.light),
      dot(50 - side * 22, 110, 0.9, inks.accent),
      dot(50 + side * 30, 109, 0.9, inks.accent),
    ];
  },
};

import type { Point } from '../path.ts';
import { fill, land, lightInTheSky, line, type Motif, move, ridge, sky } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

const PINE = 'M0-9 3.4-2.5H1.8L4.6 3H-4.6L-1.8-2.5H-3.4Z';
const ROUND_TREE = 'M-3.2-2C-5-6-2-9 0-8.8C3-9 5-5 3.2-2C2 0-2 0-3.2-2Z';

export const hills: Motif = {
  name: 'Hills',
  shows: 'hills one behind the other under a wide sky',
  draw(pencil) {
    const { inks } = pencil;
    const middle = ridge(pencil, 70, 6);
    const tree = pencil.pick([PINE, ROUND_TREE]);
    const trees: SvgNode[] = [];
    middle.forEach(([x, y]: Point, index) => {
      if (index % 2 === 0 || x < 5 || x > 95) return;
      const count = pencil.whole(1, 2);
      for (let i = 0; i < count; i++) {
        const size = pencil.between(0.8, 1.4);
        trees.push(move(x + i * 6 - 5, y + 1, size, fill(tree, inks.near), line('M0-1V4', inks.ink, 0.9)));
      }
    });
    const house = move(
      pencil.between(24, 72),
      88,
      1.1,
      fill('M-7 8V0H7V8Z', inks.light),
      fill('M-9 0 0-7 9 0Z', inks.accent),
      fill('M-1.5 8V3H1.5V8ZM3.5 2H5.5V4.5H3.5ZM-5.5 2H-3.5V4.5H-5.5Z', inks.ink),
    );
    return [
      ...sky(pencil, 60),
      ...lightInTheSky(pencil, pencil.between(28, 72), pencil.between(26, 44), pencil.between(9, 14)),
      ...land(ridge(pencil, 56, 9), inks.far, inks.mid, 5, 3.4),
      ...land(middle, inks.mid, inks.near, 5, 3.4),
      ...trees,
      ...land(ridge(pencil, 90, 5), inks.near, inks.mid, 5, 4),
      ...(pencil.chance(0.6) ? [house] : []),
    ];
  },
};

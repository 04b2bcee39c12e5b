import { ellipsePath, tenth } from '../path.ts';
import {
  dot,
  fill,
  hatch,
  land,
  line,
  type Motif,
  ridge,
  sea,
  skyLines,
  stars,
  wholeScene,
} from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

/**
 * The lit part of a moon of radius 1 to scale, `lit` from 0 (new) to 1 (full), waxing from the
 * right.
 */
function phase(x: number, y: number, radius: number, lit: number, waxing: boolean): string {
  const k = 1.3333 * radius;
  const side = waxing ? 1 : -1;
  const inner = (lit * 2 - 1) * -side * k;
  const top = `${tenth(x)} ${tenth(y - radius)}`;
  const bottom = `${tenth(x)} ${tenth(y + radius)}`;
  const outward = tenth(x + side * k);
  const back = tenth(x + inner);
  return `M${top}C${outward} ${tenth(y - radius)} ${outward} ${tenth(y + radius)} ${bottom}C${back} ${tenth(y + radius)} ${back} ${tenth(y - radius)} ${top}Z`;
}

/** The moon's phases in an arc over water or sleeping hills. Always at night, whatever the inks. */
export const moon: Motif = {
  name: 'Moon',
  shows: 'the phases of the moon over a sleeping landscape',
  draw(pencil) {
    const { inks } = pencil;
    const night = inks.night ? inks.sky : inks.near;
    const count = pencil.pick([5, 7] as const);
    const phases: SvgNode[] = [];
    for (let i = 0; i < count; i++) {
      const a = Math.PI * (1 - (i + 0.5) / count);
      const [x, y] = [50 + 38 * Math.cos(a), 62 - 42 * Math.sin(a)];
      const distance = Math.abs(i - (count - 1) / 2) / ((count - 1) / 2);
      const radius = 4.4 + 3 * (1 - distance);
      phases.push(
        dot(x, y, radius, inks.ink),
        fill(phase(x, y, radius, 1 - distance * 0.82, i < count / 2), inks.light),
      );
    }
    const face = ellipsePath(50, 58, 15, 15);
    const big = pencil.chance(0.5)
      ? [
          fill(face, inks.accent),
          hatch(ellipsePath(54, 62, 11, 11), 50, 1.8, inks.ink, 0.45, 0.6),
          fill(ellipsePath(44, 53, 3, 2.4), inks.light, 0.6),
          fill(ellipsePath(55, 63, 2, 1.6), inks.light, 0.6),
          fill(ellipsePath(53, 50, 1.5, 1.2), inks.light, 0.6),
        ]
      : [
          fill('M57 42C40 44 36 66 50 74C62 76 68 68 68 64C58 70 46 58 57 42Z', inks.accent),
          hatch('M57 42C40 44 36 66 50 74C44 66 44 50 57 42Z', 60, 1.7, inks.ink, 0.45, 0.6),
        ];
    const water = pencil.chance(0.5);
    const ground = water
      ? [
          ...sea(pencil, 84, inks.night ? inks.near : inks.ink, inks.mid),
          line('M44 90H57M46 95H54M42 100H60M47 105H53M45 110H56', inks.accent, 1.1),
        ]
      : [
          ...land(ridge(pencil, 82, 6), inks.night ? inks.far : inks.mid, inks.ink, 5, 3),
          ...land(ridge(pencil, 96, 4), inks.ink, inks.mid, 4, 4),
        ];
    return [
      fill(wholeScene, night),
      skyLines(inks.night ? inks.far : inks.mid, -34, 96, 1.6, 1.03),
      ...stars(pencil, pencil.whole(12, 22), 70),
      ...phases,
      ...big,
      ...ground,
    ];
  },
};

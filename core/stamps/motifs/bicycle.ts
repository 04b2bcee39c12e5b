import { ellipsePath, tenth } from '../path.ts';
import { dot, fill, hatch, land, lightInTheSky, line, type Motif, mirrored, ridge, sky } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

function wheel(x: number, y: number, radius: number, spokes: number, tyre: string, rim: string): SvgNode[] {
  let d = '';
  for (let i = 0; i < spokes; i++) {
    const a = (i / spokes) * Math.PI * 2;
    d += `M${tenth(x)} ${tenth(y)}L${tenth(x + radius * Math.cos(a))} ${tenth(y + radius * Math.sin(a))}`;
  }
  return [
    line(d, rim, 0.45),
    line(ellipsePath(x, y, radius, radius), tyre, 1.9),
    line(ellipsePath(x, y, radius - 2, radius - 2), rim, 0.6),
    dot(x, y, 1.8, tyre),
  ];
}

export const bicycle: Motif = {
  name: 'Post bicycle',
  shows: 'a bicycle with a full basket',
  draw(pencil) {
    const { inks } = pencil;
    const strong = inks.night ? inks.light : inks.ink;
    const frame = inks.night ? inks.accent : pencil.pick([inks.accent, inks.near]);
    const letters = [
      fill('M72 42 84 38 87 50 76 52Z', inks.light),
      line('M72 42 80.5 45 84 38M72 42 84 38 87 50 76 52Z', inks.ink, 0.6),
      fill('M82 40 95 43 93 53 82 52Z', inks.light),
      line('M82 40 87.5 48 95 43M82 40 95 43 93 53 82 52Z', inks.ink, 0.6),
    ];
    const flowers = (
      [
        [75, 42],
        [81, 37],
        [87, 41],
        [92, 44],
        [83, 45],
      ] as const
    ).flatMap(([x, y], index) => [
      line(`M82 52Q${x} 50 ${x} ${y}`, inks.near, 0.9),
      dot(x, y, 3.2, index % 2 === 0 ? inks.accent : inks.light),
      dot(x, y, 1.2, index % 2 === 0 ? inks.light : inks.accent),
    ]);
    const basket = 'M71 50H96L93 64H74Z';
    const scene = [
      ...wheel(23, 82, 18, 12, strong, inks.mid),
      ...wheel(78, 82, 18, 12, strong, inks.mid),
      line('M23 82 39 56M23 82H48L39 56M48 82 68 56H40M78 82 66 48', frame, 2.4),
      line('M39 56 37 49M48 82 53 90M48 82 43 75', strong, 1.5),
      fill('M29 47C33 45 42 45 45 48C44 50 38 50.5 36 51C33 51 29 50 29 47Z', strong),
      line('M66 48 64 43C66 39 72 40 71 44', strong, 1.8),
      dot(48, 82, 3.4, strong),
      dot(48, 82, 1.6, frame),
      ...(pencil.chance(0.5) ? letters : flowers),
      fill(basket, inks.mid),
      hatch(basket, 45, 2.8, inks.light, 0.6),
      hatch(basket, 135, 2.8, inks.light, 0.6),
      line(basket, inks.ink, 0.9),
      line('M9 74C12 66 22 61 32 65', frame, 1.8),
    ];
    return [
      ...sky(pencil, 90),
      ...lightInTheSky(pencil, pencil.between(26, 60), pencil.between(16, 28), pencil.between(8, 13)),
      ...land(ridge(pencil, 80, 7), inks.far, inks.mid, 4, 3),
      fill('M-12 98H112V148H-12Z', inks.near),
      line('M-12 98H112', inks.ink, 0.8),
      line('M-12 104H40M50 104H112M4 109H80M-12 114H30M44 114H112', inks.mid, 0.7),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
    ];
  },
};

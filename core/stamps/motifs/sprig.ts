import { ellipsePath } from '../path.ts';
import { dot, fill, hatch, line, type Motif, move, skyLines, turn, wholeScene } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

const LEAVES = [
  'M0 0C4-7 13-9 21-5C15 2 6 4 0 0Z',
  'M0 0C2-8 9-11 15-7C17-1 9 5 0 0Z',
  'M0 0C8-3 17-4 25-1C17 3 8 3 0 0Z',
  'M0 0C1-5 5-9 9-8C11-11 16-10 18-6C15-1 6 3 0 0Z',
] as const;

function flower(petals: number, color: string, heart: string, ink: string): SvgNode[] {
  const petal = 'M0 0C-5-3-5-11 0-12C5-11 5-3 0 0Z';
  const out: SvgNode[] = [];
  for (let i = 0; i < petals; i++) {
    out.push(turn((i * 360) / petals, 0, 0, fill(petal, color), line('M0-3V-9', ink, 0.4)));
  }
  return [...out, dot(0, 0, 3, heart)];
}

export const sprig: Motif = {
  name: 'Sprig',
  shows: 'a sprig with leaves, drawn as in an old book of plants',
  draw(pencil) {
    const { inks } = pencil;
    const leaf = pencil.pick(LEAVES);
    const pairs = pencil.whole(4, 5);
    const lean = pencil.between(-9, 9);
    const stemX = (y: number) => 50 + lean * Math.sin(((y - 16) / 90) * Math.PI);
    const leaves: SvgNode[] = [];
    for (let i = 0; i < pairs; i++) {
      const y = 34 + (i * 56) / pairs;
      const size = 0.85 + i * 0.09;
      const tilt = pencil.between(24, 44);
      const color = i % 2 === 0 ? inks.mid : inks.near;
      const blade = () => [fill(leaf, color), line('M0 0Q10-3 17-4', inks.light, 0.6, 0.8)];
      leaves.push(
        move(stemX(y), y, size, turn(-tilt, 0, 0, ...blade(), hatch(leaf, 52, 3.9, inks.ink, 0.45, 0.5))),
        move(stemX(y + 4), y + 4, size, turn(180 + tilt, 0, 0, el180(blade()))),
      );
    }
    const stem = line(`M${stemX(24)} 24Q${50 + lean * 1.7} 62 ${stemX(112)} 112V150`, inks.near, 1.6);
    const head = pencil.pick(['flower', 'berries', 'bud', 'flower'] as const);
    const halo = ellipsePath(50, 54, 40, 43);
    return [
      fill(wholeScene, inks.sky),
      ...(pencil.chance(0.6) ? [fill(halo, inks.night ? inks.far : inks.light, 0.75)] : []),
      skyLines(inks.far, -34, 148, 3, 1),
      stem,
      ...leaves,
      move(stemX(22), 22, head === 'flower' ? 1.15 : 1, ...headOf(head, pencil.whole(5, 9), inks)),
    ];
  },
};

function el180(children: SvgNode[]): SvgNode {
  return { tag: 'g', attributes: { transform: 'scale(1 -1)' }, children };
}

function headOf(
  head: 'flower' | 'berries' | 'bud',
  petals: number,
  inks: { accent: string; light: string; near: string; ink: string },
): SvgNode[] {
  if (head === 'flower') return flower(petals, inks.accent, inks.light, inks.ink);
  if (head === 'bud') {
    const bud = 'M0 4C-7 1-6-10 0-15C6-10 7 1 0 4Z';
    return [
      fill(bud, inks.accent),
      hatch(bud, 90, 1.6, inks.ink, 0.4, 0.6),
      fill('M0 5C-6 4-7-2-5-5C-3-1-1 1 0 1C1 1 3-1 5-5C7-2 6 4 0 5Z', inks.near),
    ];
  }
  const berries: SvgNode[] = [];
  for (const [x, y] of [
    [-6, -2],
    [6, -3],
    [0, -8],
    [-5, -13],
    [6, -12],
    [0, 1],
  ] as const) {
    berries.push(
      line(`M0 4Q${x / 2} ${y + 6} ${x} ${y}`, inks.near, 0.8),
      dot(x, y, 3.4, inks.accent),
      dot(x - 1, y - 1.2, 0.9, inks.light),
    );
  }
  return berries;
}

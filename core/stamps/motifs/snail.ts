import { ellipsePath, type Point, smoothLine, tenth } from '../path.ts';
import { dot, fill, hatch, lightInTheSky, line, type Motif, mirrored, move, sky, turn } from '../pencil.ts';

const BODY =
  'M8 92C18 92 24 86 32 84C44 82 60 84 70 78C76 74 74 64 78 58C82 52 92 54 92 62C92 70 88 78 84 84C78 91 66 94 54 94C38 94 20 96 8 92Z';

function spiral(cx: number, cy: number, radius: number): string {
  const points: Point[] = [];
  for (let i = 0; i <= 24; i++) {
    const a = i * 0.75;
    const r = radius * (1 - i / 26);
    points.push([cx + r * Math.cos(a), cy + r * Math.sin(a)]);
  }
  return smoothLine(points);
}

export const snail: Motif = {
  name: 'Snail mail',
  shows: 'a snail carrying an envelope',
  draw(pencil) {
    const { inks } = pencil;
    const shell = ellipsePath(43, 62, 25, 24);
    const [shellInk, bodyInk] = pencil.pick([
      [inks.accent, inks.light],
      [inks.mid, inks.light],
      [inks.light, inks.mid],
      [inks.accent, inks.mid],
    ] as const);
    const envelope = move(
      40,
      33,
      1,
      turn(
        pencil.between(-12, 4),
        0,
        0,
        fill('M-14-9H14V9H-14Z', inks.light),
        line('M-14-9 0 2 14-9M-14-9H14V9H-14Z', inks.ink, 0.8),
        dot(0, 2, 2.6, shellInk === inks.accent ? inks.near : inks.accent),
      ),
    );
    const scene = [
      line('M82 56C82 46 78 40 76 36M88 55C90 46 92 42 94 38', inks.ink, 1.2),
      dot(76, 35, 1.8, inks.ink),
      dot(94, 37, 1.8, inks.ink),
      fill(BODY, bodyInk),
      hatch(
        'M40 90C60 92 76 88 84 80C92 66 92 60 90 57C92 70 88 78 84 84C78 91 66 94 54 94C38 94 20 96 8 92C20 92 30 90 40 90Z',
        20,
        1.7,
        inks.ink,
        0.5,
        0.6,
      ),
      line(BODY, inks.ink, 0.8),
      dot(84, 62, 1.2, inks.ink),
      line('M86 68Q89 68 90 65', inks.ink, 0.8),
      envelope,
      fill(shell, shellInk),
      hatch(ellipsePath(48, 67, 19, 18), 48, 2, inks.ink, 0.45, 0.4),
      line(spiral(43, 62, 24), inks.ink, 1),
      line(shell, inks.ink, 0.9),
      line('M32 46Q24 52 23 62', inks.light, 1.4, 0.8),
    ];
    let grass = '';
    for (let x = -8; x < 110; x += pencil.between(5, 9))
      grass += `M${tenth(x)} 106q${tenth(pencil.between(-3, 3))}-6 ${tenth(pencil.between(-4, 4))}${tenth(-pencil.between(8, 15))}`;
    return [
      ...sky(pencil, 94),
      ...lightInTheSky(pencil, pencil.between(62, 80), pencil.between(10, 20), pencil.between(7, 10)),
      fill('M-12 93C20 90 80 92 112 93V148H-12Z', inks.mid),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
      line(grass, inks.near, 1.2),
      fill('M-12 105C20 102 80 104 112 105V148H-12Z', inks.near),
      line('M-10 110Q30 107 60 109M30 115Q60 112 110 114', inks.mid, 0.6),
    ];
  },
};

import { tenth } from '../path.ts';
import { dashed, fill, lightInTheSky, line, type Motif, type Pencil, sky } from '../pencil.ts';
import { el, type SvgNode } from '../svg.ts';

const GROUND = 96;

function roof(kind: number, left: number, right: number, top: number, height: number): string {
  const middle = (left + right) / 2;
  const width = right - left;
  const points = (list: number[]) => list.map(tenth).join(' ');
  if (kind === 0) return `M${points([left - 1.5, top, middle, top - height, right + 1.5, top])}Z`;
  if (kind === 1) {
    const step = width / 6;
    let d = `M${points([left, top])}`;
    for (let i = 0; i < 3; i++) d += `v${tenth(-height / 3)}h${tenth(step)}`;
    for (let i = 0; i < 3; i++) d += `h${tenth(step)}v${tenth(height / 3)}`;
    return `${d}Z`;
  }
  const c = width * 0.18;
  return `M${points([left, top])}C${points([left, top - height * 0.4, left + c, top - height * 0.5, left + c * 1.4, top - height * 0.55])}C${points([left + c, top - height, right - c, top - height, right - c * 1.4, top - height * 0.55])}C${points([right - c, top - height * 0.5, right, top - height * 0.4, right, top])}Z`;
}

function house(pencil: Pencil, left: number, width: number, wall: string, lit: string): SvgNode[] {
  const { inks } = pencil;
  const right = left + width;
  const top = pencil.between(44, 64);
  const kind = pencil.whole(0, 2);
  const gable = roof(kind, left, right, top, pencil.between(12, 19));
  const front = `M${tenth(left)} ${GROUND}V${tenth(top)}H${tenth(right)}V${GROUND}Z`;
  const columns = width > 22.5 ? 3 : 2;
  const gap = width / columns;
  const floors = Math.floor((GROUND - 16 - top) / 12);
  let windows = '';
  for (let c = 0; c < columns; c++)
    windows += `M${tenth(left + gap * (c + 0.5))} ${tenth(top + 5)}v${floors * 12}`;
  const doorX = left + gap * (pencil.whole(0, columns - 1) + 0.5);
  const chimney = pencil.chance(0.6)
    ? [
        fill(`M${tenth(left + width * 0.7)} ${tenth(top - 17)}h4v14h-4Z`, inks.ink),
        line(
          `M${tenth(left + width * 0.7 + 2)} ${tenth(top - 19)}c-3-3 3-5 0-8c-2-3 3-5 1-8`,
          inks.night ? inks.mid : inks.light,
          1.2,
        ),
      ]
    : [];
  return [
    ...chimney,
    fill(front, wall),
    // A thick dashed line is a column of thin shading lines.
    dashed(`M${tenth(right - width * 0.17)} ${tenth(top)}V${GROUND}`, inks.ink, width * 0.34, '.5 2.2', 0.45),
    el('path', {
      d: gable,
      fill: kind === 0 ? inks.ink : wall,
      stroke: kind === 0 ? undefined : inks.ink,
      'stroke-width': 0.7,
    }),
    // Thick dashes are the panes, thin ones on top of them the glazing bars.
    dashed(windows, lit, 4, '6 6'),
    dashed(windows, inks.ink, 0.5, '6 6'),
    fill(`M${tenth(doorX - 2.4)} ${GROUND}v-9q2.4-3 4.8 0v9Z`, inks.ink),
  ];
}

export const houses: Motif = {
  name: 'Our street',
  shows: 'a row of narrow houses',
  draw(pencil) {
    const { inks } = pencil;
    const count = pencil.whole(4, 5);
    const walls = [inks.accent, inks.mid, inks.light, inks.near] as const;
    const offset = pencil.whole(0, 3);
    const row: SvgNode[] = [];
    let left = -10;
    for (let i = 0; i < count + 1 && left < 100; i++) {
      const width = pencil.between(21, 28);
      const wall = walls[(i + offset) % 4] ?? inks.mid;
      row.push(
        ...house(
          pencil,
          left,
          width,
          wall,
          inks.night ? inks.accent : wall === inks.light ? inks.mid : inks.light,
        ),
      );
      left += width + 0.6;
    }
    return [
      ...sky(pencil, GROUND),
      ...lightInTheSky(pencil, pencil.between(20, 80), pencil.between(10, 22), pencil.between(7, 10)),
      ...row,
      fill(`M-12 ${GROUND}H112V148H-12Z`, inks.near),
      line(`M-12 ${GROUND}H112`, inks.ink, 1),
      dashed('M-10 102H110M-6 107H114M-10 112H110M-6 117H114', inks.mid, 1.2, '5 3'),
    ];
  },
};

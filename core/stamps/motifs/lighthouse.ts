import { cloud, dot, fill, hatch, line, type Motif, mirrored, sea, sky } from '../pencil.ts';
import type { SvgNode } from '../svg.ts';

const TOWER = 'M41 86 45 40H55L59 86Z';
const ROCK = 'M12 104C18 96 22 92 28 92C32 85 40 82 49 84C57 80 66 84 70 90C77 90 84 97 90 104Z';

function bands(count: number, color: string): SvgNode {
  let d = '';
  const step = 46 / (count * 2 - 1);
  for (let i = 0; i < count; i++) {
    const [top, bottom] = [40 + step * i * 2, 40 + step * (i * 2 + 1)];
    const [a, b] = [((top - 40) / 46) * 4, ((bottom - 40) / 46) * 4];
    d += `M${45 - a} ${top}H${55 + a}L${55 + b} ${bottom}H${45 - b}Z`;
  }
  return fill(
    d.replace(/\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10)),
    color,
  );
}

export const lighthouse: Motif = {
  name: 'Lighthouse',
  shows: 'a lighthouse above the sea',
  draw(pencil) {
    const { inks } = pencil;
    const beam = pencil.pick([
      'M50 33 118 14V40ZM50 33-18 22V46Z',
      'M50 33 118 26V56ZM50 33-18 8V32Z',
      'M50 33 118 4V30Z',
    ]);
    const boat = [
      fill('M78 92H94L91 97H81Z', inks.ink),
      fill('M85 90V76L94 90ZM84 90V79L78 90Z', inks.light),
    ];
    const gulls = line(
      'M20 58q3-4 5 0q2-4 5 0M30 48q2.5-3.5 4.5 0q2-3.5 4.5 0M72 62q3-4 5 0q2-4 5 0',
      inks.ink,
      0.8,
    );
    const scene = [
      fill(beam, inks.night ? inks.accent : inks.light, inks.night ? 0.45 : 0.75),
      ...(inks.night
        ? []
        : [cloud(pencil.between(14, 26), pencil.between(18, 30), 0.8, inks.light, inks.far)]),
      ...(pencil.chance(0.7) ? [gulls] : []),
      ...sea(pencil, 92, inks.mid, inks.light),
      ...(pencil.chance(0.6) ? boat : []),
      fill(ROCK, inks.near),
      hatch(ROCK, 72, 2.2, inks.light, 0.45, 0.45),
      fill(TOWER, inks.light),
      bands(pencil.whole(2, 4), pencil.pick([inks.accent, inks.near, inks.accent])),
      hatch('M50 40H55L59 86H50Z', 90, 1.7, inks.ink, 0.45, 0.55),
      fill('M47.5 86V79Q50 76 52.5 79V86ZM48.8 52H51.2V56H48.8ZM48.8 65H51.2V69H48.8Z', inks.ink),
      fill('M42 37H58V40.5H42Z', inks.ink),
      fill('M45.5 28H54.5V37H45.5Z', inks.accent),
      dot(50, 33, 2.6, inks.light),
      line('M45.5 28V37M50 28V37M54.5 28V37M42.5 37V34M57.5 37V34M42.5 34H57.5', inks.ink, 0.6),
      fill('M44 28.5C45 23 48 21 50 20C52 21 55 23 56 28.5Z', inks.near),
      line('M50 20V16', inks.ink, 0.8),
    ];
    return [...sky(pencil, 92), ...(pencil.chance(0.5) ? [mirrored(scene)] : scene)];
  },
};

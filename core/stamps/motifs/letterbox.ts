import {
  dot,
  fill,
  hatch,
  land,
  lightInTheSky,
  line,
  type Motif,
  mirrored,
  move,
  ridge,
  sky,
} from '../pencil.ts';

const BODY = 'M34 40H66V98H34Z';
const CAP = 'M31 40C31 26 41 22 50 22C59 22 69 26 69 40Z';

export const letterbox: Motif = {
  name: 'Letter box',
  shows: 'a letter box with a letter in its slot',
  draw(pencil) {
    const { inks } = pencil;
    const color = pencil.pick([inks.accent, inks.accent, inks.near]);
    const robin = move(
      50,
      14,
      0.9,
      fill('M-9 6C-10-3-3-8 3-6C8-5 9 1 6 5C3 10-6 11-9 6Z', inks.near),
      fill('M0 9C6 8 9 1 6-3C3 0 0 4 0 9Z', color === inks.accent ? inks.light : inks.accent),
      fill('M-7 4-17 9-9 9Z', inks.near),
      fill('M7-3 11-1.5 7 0Z', inks.ink),
      dot(4.2, -3, 0.9, inks.light),
      line('M-2 9V12M2 9V12', inks.ink, 0.8),
    );
    const letter = [
      fill('M40 52 58 45 62 56 44 60Z', inks.light),
      line('M40 52 53 53 58 45', inks.ink, 0.6),
      line('M40 52 58 45 62 56 44 60Z', inks.ink, 0.6),
    ];
    const flowers = [20, 26, 76, 83].map((x, index) =>
      move(
        x,
        98 + (index % 2) * 2,
        1,
        line('M0 0C0-5-1-8 0-13M0-4Q4-6 5-10M0-4Q-4-6-5-9', inks.near, 0.9),
        dot(0, -14, 2.6, inks.accent),
        dot(0, -14, 1, inks.light),
      ),
    );
    const scene = [
      ...(pencil.chance(0.5) ? [robin] : []),
      fill('M30 98H70V103H30Z', inks.ink),
      fill(BODY, color),
      fill(CAP, color),
      hatch('M56 24C64 26 69 30 69 40H66V98H55V40Z', 90, 2, inks.ink, 0.5, 0.55),
      hatch('M34 44H39V98H34Z', 90, 2, inks.light, 0.5, 0.6),
      fill('M29.5 38H70.5V42H29.5Z', color),
      line('M29.5 38H70.5V42H29.5Z', inks.ink, 0.7),
      fill('M40 48H60V53H40Z', inks.ink),
      ...letter,
      fill('M41 63H59V79H41Z', inks.light),
      line('M44 67H56M44 70.5H56M44 74H52', inks.ink, 0.7),
      fill(
        'M50 93C44.5 89 44 87 44 85.5C44 82.5 48.5 82 50 85C51.5 82 56 82.5 56 85.5C56 87 55.5 89 50 93Z',
        inks.light,
      ),
      line('M34 42V98H66V42M31 38C31 26 41 22 50 22C59 22 69 26 69 38', inks.ink, 0.8),
    ];
    return [
      ...sky(pencil, 90),
      ...lightInTheSky(pencil, pencil.pick([18, 82]), pencil.between(20, 30), pencil.between(7, 10)),
      ...land(ridge(pencil, 82, 6), inks.far, inks.mid, 4, 3),
      ...land(ridge(pencil, 96, 2), inks.mid, inks.near, 4, 4),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
      ...flowers,
    ];
  },
};

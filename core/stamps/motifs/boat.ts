import { fill, hatch, lightInTheSky, line, type Motif, mirrored, move, sea, sky, turn } from '../pencil.ts';

const FISH = 'M0 0C4-5 12-5 16 0L21-4V4L16 0C12 5 4 5 0 0Z';

/** A paper boat folded from a letter. */
export const boat: Motif = {
  name: 'Paper boat',
  shows: 'a letter folded into a paper boat, afloat',
  draw(pencil) {
    const { inks } = pencil;
    const flag = pencil.chance(0.5)
      ? [line('M50 32V20', inks.ink, 0.8), fill('M50 20 63 23.5 50 27.5Z', inks.accent)]
      : [];
    const heart = 'M50 57C44 52 43 49 43 47.5C43 43 48 43 50 46.5C52 43 57 43 57 47.5C57 49 56 52 50 57Z';
    const mark = pencil.pick([
      [fill(heart, inks.accent)],
      [line('M42 54H58M40 58H60M45 50H55M47 46H53', inks.mid, 0.7)],
      [fill('M44 48H56V57H44Z', inks.accent), line('M46 50.5H54M46 53H52', inks.light, 0.7)],
    ]);
    const fish = [0, 1].map((i) =>
      move(
        pencil.between(16, 70),
        101 + i * 9,
        0.7,
        fill(FISH, i === 0 ? inks.accent : inks.far),
        line('M4-1V1', inks.ink, 1),
      ),
    );
    const scene = turn(
      pencil.between(-6, 6),
      50,
      80,
      ...flag,
      fill('M50 32 68 65 50 70 32 65Z', inks.light),
      hatch('M50 32 68 65 50 70Z', 62, 1.9, inks.ink, 0.45, 0.5),
      ...mark,
      line('M50 32 68 65 50 70 32 65Z', inks.ink, 0.8),
      fill('M13 58 50 70 87 58 70 88H30Z', inks.light),
      line('M22 66 34 84M31 67 40 83', inks.mid, 0.6),
      hatch('M50 70 87 58 70 88H50Z', 18, 2, inks.ink, 0.45, 0.5),
      line('M13 58 50 70 87 58 70 88H30ZM50 70V88', inks.ink, 0.9),
    );
    return [
      ...sky(pencil, 74),
      ...lightInTheSky(pencil, pencil.pick([24, 50, 76]), pencil.between(16, 28), pencil.between(8, 13)),
      ...sea(pencil, 72, inks.far, inks.mid).slice(0, 1),
      ...(pencil.chance(0.5) ? [mirrored([scene])] : [scene]),
      ...sea(pencil, 83, inks.mid, inks.light),
      ...(pencil.chance(0.5) ? fish : []),
    ];
  },
};

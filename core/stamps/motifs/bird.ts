import { dot, fill, hatch, lightInTheSky, line, type Motif, mirrored, move, sky, turn } from '../pencil.ts';

const BODY =
  'M29 64C28 47 42 37 57 39C61 30 75 29 79 39C80 44 80 51 78 57C74 71 64 78 50 77C39 77 31 73 29 64Z';
const BELLY = 'M46 77C62 79 75 69 78 55C79 51 80 47 79 43C72 46 70 58 63 66C58 72 52 74 46 77Z';
const WING = 'M36 53C45 45 60 47 63 58C57 69 44 73 27 71C33 67 36 62 36 53Z';
const TAIL = 'M32 60L8 80L11 85L19 83L42 71Z';
const CREST = 'M66 34C63 28 62 25 63 22C67 25 70 28 73 32Z';
const LEAF = 'M0 0C3-5 10-6 15-3C11 2 4 3 0 0Z';

export const bird: Motif = {
  name: 'Songbird',
  shows: 'a small bird on a twig',
  draw(pencil) {
    const { inks } = pencil;
    const [body, wing] = pencil.pick([
      [inks.mid, inks.near],
      [inks.near, inks.mid],
      [inks.accent, inks.near],
      [inks.light, inks.mid],
    ] as const);
    const belly = body === inks.accent ? inks.light : inks.accent;
    const leaves = [8, 20, 66, 84].map((x, index) =>
      move(
        x,
        89 - (index % 2),
        1,
        turn(
          pencil.between(20, 60) * (index % 2 === 0 ? 1 : -1),
          0,
          0,
          fill(LEAF, inks.near),
          line('M0 0L11-2', inks.light, 0.4),
        ),
      ),
    );
    const scene = [
      fill(TAIL, wing),
      line('M36 62 10 82M39 66 16 84', inks.ink, 0.5),
      ...(pencil.chance(0.45) ? [fill(CREST, wing)] : []),
      fill(BODY, body),
      hatch(BODY, 62, 2.6, inks.ink, 0.4, 0.3),
      fill(BELLY, belly),
      hatch(BELLY, 28, 2, inks.ink, 0.4, 0.4),
      fill(WING, wing),
      line('M38 60C46 61 54 60 60 58M35 65C43 66 51 65 57 62M31 69C38 70 45 69 51 67', inks.light, 0.7, 0.8),
      fill('M79 40 90 43.5 79 47Z', inks.ink),
      dot(72, 40, 2.6, inks.light),
      dot(72.4, 40, 1.5, inks.ink),
      line('M52 77V88M59 76V88', inks.ink, 1.1),
      line('M-14 92C20 85 60 91 114 82', inks.night ? inks.near : inks.ink, 3),
      line('M-14 91C20 84 60 90 114 81', inks.mid, 0.6),
      line('M70 89C78 96 86 98 94 97', inks.night ? inks.near : inks.ink, 1.4),
      ...leaves,
    ];
    const sun = pencil.chance(0.7)
      ? lightInTheSky(pencil, pencil.between(24, 44), pencil.between(24, 34), pencil.between(9, 13))
      : [];
    return [...sky(pencil, 140), ...sun, ...(pencil.chance(0.5) ? [mirrored(scene)] : scene)];
  },
};

import { fill, hatch, lightInTheSky, line, type Motif, mirrored, move, sky, turn } from '../pencil.ts';

const BOTTLE = 'M29 74C29 68 37 68 38 62H58C59 68 67 68 67 74V95C67 99 65 100 61 100H35C31 100 29 99 29 95Z';
const SHADE = 'M52 62H58C59 68 67 68 67 74V95C67 99 65 100 61 100H50C58 90 58 74 52 62Z';
const FEATHER = 'M55 44C53 26 64 8 88-2C94 18 84 38 64 48C61 50 58 50 55 44Z';
const NOTCHES = 'M90 14L82 16L88 20ZM78 38L71 37L73 42ZM60 18L67 21L63 13Z';

export const inkwell: Motif = {
  name: 'Inkwell',
  shows: 'an inkwell, a quill and a letter begun',
  draw(pencil) {
    const { inks } = pencil;
    const glass = pencil.pick([inks.near, inks.accent, inks.mid]);
    const plume = pencil.pick([inks.light, inks.accent, inks.light]);
    const sheet = turn(
      pencil.between(-12, 2),
      30,
      104,
      fill('M-6 96H58V134H-6Z', inks.light),
      line('M0 102H50M0 107H44M0 112H50', inks.mid, 0.9),
      line('M-6 96H58V134', inks.ink, 0.7),
    );
    const scene = [
      line('M49 64C54 46 66 26 86 2', inks.ink, 1.3),
      fill(FEATHER, plume),
      hatch('M58 48C64 30 74 14 88-2C94 18 84 38 64 48C61 50 59 50 58 48Z', 8, 2.2, inks.ink, 0.45, 0.5),
      fill(NOTCHES, inks.sky),
      line('M49 64C54 46 66 26 87 0', inks.ink, 0.9),
      sheet,
      fill(BOTTLE, glass),
      hatch(SHADE, 80, 1.8, inks.ink, 0.5, 0.6),
      fill('M36 57H60V62H36Z', inks.ink),
      move(
        46,
        84,
        1,
        fill('M-11-8H11V9H-11Z', inks.light),
        fill(
          'M0 6C-7 1-8-2-8-3.5C-8-8-2-8 0-4C2-8 8-8 8-3.5C8-2 7 1 0 6Z',
          glass === inks.accent ? inks.near : inks.accent,
        ),
      ),
      line('M33 76V92', inks.light, 1.6, 0.8),
      line(BOTTLE, inks.ink, 0.9),
    ];
    return [
      ...sky(pencil, 96),
      ...lightInTheSky(pencil, pencil.between(22, 34), pencil.between(20, 34), pencil.between(9, 13)),
      fill('M-12 93H112V148H-12Z', inks.near),
      hatch('M-12 96H112V136H-12Z', 0, 3.4, inks.mid, 0.6, 0.8),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
    ];
  },
};

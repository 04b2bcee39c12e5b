import { dot, fill, hatch, lightInTheSky, line, type Motif, mirrored, sea, sky } from '../pencil.ts';

const BODY =
  'M12 70C12 53 31 44 50 46C65 48 73 60 81 58C85 57 86 53 85 49C79 49 75 45 74 39C80 39 86 42 88 46C90 41 95 38 101 39C100 45 96 49 91 50C94 63 84 77 66 81C46 86 13 86 12 70Z';
const BELLY = 'M12.5 72C28 77 46 77 63 72C56 82 26 88 12.5 72Z';

export const whale: Motif = {
  name: 'Whale',
  shows: 'a whale blowing its spout',
  draw(pencil) {
    const { inks } = pencil;
    const skin = pencil.pick([inks.night ? inks.mid : inks.near, inks.mid, inks.accent]);
    const spout = pencil.pick([
      'M34 43C34 34 29 29 23 32M34 43C34 33 39 28 46 31M34 43V30',
      'M34 43C33 30 22 26 20 34M34 43C35 30 46 26 48 34',
      'M34 43C30 36 34 32 30 26M34 43C38 36 34 32 38 26M34 43C24 38 26 32 20 32M34 43C44 38 42 32 48 32',
    ]);
    const scene = [
      line(spout, inks.light, 2),
      fill(BODY, skin),
      hatch(
        'M30 50C50 42 68 54 74 60C80 62 88 58 91 50C94 63 84 77 66 81C70 70 60 54 30 50Z',
        20,
        2.1,
        inks.ink,
        0.5,
        0.5,
      ),
      fill(BELLY, inks.light),
      line('M18 75C30 80 44 80 56 76M24 79C33 82 42 82 50 80', inks.mid, 0.6),
      line('M12.5 71C19 72 24 71 28 67', inks.ink, 0.8),
      dot(30, 63, 2.3, inks.light),
      dot(30, 63.3, 1.3, inks.ink),
      fill('M44 74C46 84 54 90 62 89C61 82 57 76 53 73Z', skin),
      line('M47 76C49 82 54 86 59 87', inks.ink, 0.6),
    ];
    return [
      ...sky(pencil, 76),
      ...lightInTheSky(pencil, pencil.between(56, 76), pencil.between(16, 26), pencil.between(8, 12)),
      ...sea(pencil, 66, inks.far, inks.mid).slice(0, 1),
      ...(pencil.chance(0.5) ? [mirrored(scene)] : scene),
      ...sea(pencil, 84, inks.night ? inks.near : inks.mid, inks.light),
    ];
  },
};

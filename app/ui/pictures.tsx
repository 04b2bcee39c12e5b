import { drawVignette } from '#core/stamps/draw-vignette.ts';
import { Drawing } from './drawing.tsx';

/** Motif, printing and a digit that seeds the details; chosen by eye. */
const pictures = {
  mailbox: ['Letter box', 'northern blue', '4'],
  pen: ['Inkwell', 'sea-glass green', '9'],
  friends: ['Teatime', 'rose', '2'],
  cat: ['Cat', 'lagoon', '4'],
  lost: ['Lighthouse', 'midnight blue', 'f'],
  travel: ['Post bicycle', 'lemon', '1'],
  seal: ['Paper boat', 'dusk', '5'],
  snail: ['Snail mail', 'meadow green', 'd'],
} as const;

export type PictureName = keyof typeof pictures;

/** A small round drawing; decorative, so hidden from screen readers. */
export function PictureOf({ name }: { name: PictureName }) {
  const [motif, printing, digit] = pictures[name];
  return (
    <Drawing className="picture" of={name} draw={() => drawVignette(motif, printing, digit.repeat(64))} />
  );
}

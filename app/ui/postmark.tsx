import { drawPostmark } from '#core/stamps/draw-postmark.ts';
import { postmarkDateLines } from '#core/stamps/postmark-date.ts';
import { Drawing } from './drawing.tsx';
import { useZone } from './letter-date.tsx';

type PostmarkProps = {
  /** Written along the upper rim: who sent the letter. */
  sender: string;
  at: Date | string | number;
  /** IANA zone of the reader; without it UTC until the browser tells. */
  timeZone?: string | null;
  /** Tilts the mark a little differently from letter to letter: any hex, usually the stamp's seed. */
  seed?: string;
};

/** The round cancel with wavy lines that lies over the stamp. Purely visual: the date is said elsewhere. */
export function Postmark({ sender, at, timeZone, seed }: PostmarkProps) {
  const zone = useZone(timeZone);
  const dateLines = postmarkDateLines(new Date(at), zone);
  const of = [seed, ...dateLines, sender].join(' ');
  return (
    <Drawing
      className="postmark"
      of={of}
      draw={() => drawPostmark({ sender, dateLines, seed }).drawing}
      hidden
    />
  );
}

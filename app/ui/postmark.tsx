import { drawPostmark } from '#core/stamps/draw-postmark.ts';
import { postmarkDateLines } from '#core/stamps/postmark-date.ts';
import { Drawing } from './drawing.tsx';
import { useZone } from './letter-date.tsx';

type PostmarkProps = {
  sender: string;
  at: Date | string | number;
  /** The reader's IANA zone; until the browser tells, the postmark has no time. */
  timeZone?: string | null;
  /** Varies the tilt from letter to letter: any hex, usually the stamp's seed. */
  seed?: string;
};

/** The round postmark over the stamp. Decorative: the date is also in the text. */
export function Postmark({ sender, at, timeZone, seed }: PostmarkProps) {
  const zone = useZone(timeZone);
  const dateLines = postmarkDateLines(new Date(at), zone ?? 'UTC').slice(0, zone ? undefined : -1);
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

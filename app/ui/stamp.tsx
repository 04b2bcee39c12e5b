import { drawStamp } from '#core/stamps/draw-stamp.ts';
import { paintOver } from '#core/stamps/paint-over.ts';
import { Drawing } from './drawing.tsx';

type StampProps = {
  /** The letter's hash: 64 hex digits. The same letter always wears the same stamp. */
  seed: string;
  /** Names the stamp for those who do not see it, e.g. "Stamp on alpha's letter". */
  label: string;
  /** Where the painted picture is that goes over the drawing, if there is one. */
  paintedUrl?: string | undefined;
  size?: 'medium' | 'large';
};

/** The stamp drawn from a letter's hash, or a painted one over it. */
export function Stamp({ seed, label, paintedUrl, size = 'medium' }: StampProps) {
  const draw = () => {
    const { drawing } = drawStamp(seed, { label });
    return paintedUrl ? paintOver(drawing, paintedUrl) : drawing;
  };
  return <Drawing className={`stamp stamp-${size}`} of={`${seed} ${paintedUrl} ${label}`} draw={draw} />;
}

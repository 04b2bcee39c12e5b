import { drawStamp } from '#core/stamps/draw-stamp.ts';
import { paintOver } from '#core/stamps/paint-over.ts';
import { Drawing } from './drawing.tsx';

type StampProps = {
  /** The letter's hash: 64 hex digits. The same letter always has the same stamp. */
  seed: string;
  label: string;
  paintedUrl?: string | undefined;
  size?: 'medium' | 'large';
};

export function Stamp({ seed, label, paintedUrl, size = 'medium' }: StampProps) {
  const draw = () => {
    const { drawing } = drawStamp(seed, { label });
    return paintedUrl ? paintOver(drawing, paintedUrl) : drawing;
  };
  return <Drawing className={`stamp stamp-${size}`} of={`${seed} ${paintedUrl} ${label}`} draw={draw} />;
}

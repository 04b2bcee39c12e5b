import { useMemo } from 'react';
import { drawStamp } from '#core/stamps/draw-stamp.ts';
import { paintOver } from '#core/stamps/paint-over.ts';
import { svgElement } from './svg-drawing.tsx';

export type StampProps = {
  /** The letter's hash: 64 hex digits. The same letter always wears the same stamp. */
  seed: string;
  /** Names the stamp for those who do not see it, e.g. "Stamp on alpha's letter". */
  label: string;
  /** Where the painted picture is that goes over the drawing, if there is one. */
  paintedUrl?: string | undefined;
  size?: 'small' | 'medium' | 'large';
};

/** The stamp drawn from a letter's hash, or a painted one over it. */
export function Stamp({ seed, label, paintedUrl, size = 'medium' }: StampProps) {
  const drawing = useMemo(() => {
    const drawn = drawStamp(seed, { label }).drawing;
    return svgElement(paintedUrl ? paintOver(drawn, paintedUrl) : drawn);
  }, [seed, label, paintedUrl]);
  return <span className={`stamp stamp-${size}`}>{drawing}</span>;
}

import { useMemo } from 'react';
import { drawStamp } from '#core/stamps/draw-stamp.ts';
import { svgElement } from './svg-drawing.tsx';

export type StampProps = {
  /** The letter's hash: 64 hex digits. The same letter always wears the same stamp. */
  seed: string;
  /** Names the stamp for those who do not see it, e.g. "Stamp on alpha's letter". */
  label: string;
  size?: 'small' | 'medium' | 'large';
};

/** The stamp drawn from a letter's hash. */
export function Stamp({ seed, label, size = 'medium' }: StampProps) {
  const drawing = useMemo(() => svgElement(drawStamp(seed, { label }).drawing), [seed, label]);
  return <span className={`stamp stamp-${size}`}>{drawing}</span>;
}

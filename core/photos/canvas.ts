import { PhotoRefused } from './photo-refused.ts';
import type { Dimensions } from './target-size.ts';

/** A canvas of this size in px, and what draws on it; its pixels are going to be read. @throws PhotoRefused without memory */
export function createCanvas({ width, height }: Dimensions) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new PhotoRefused('Your browser has run out of memory for this photo. Try adding it on its own.');
  context.imageSmoothingQuality = 'high';
  return { canvas, context };
}

/** A colour as a canvas takes it. */
export const toCss = (colour: readonly number[]) => `rgb(${colour.join(' ')})`;

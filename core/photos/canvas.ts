import { PhotoRefused } from './photo-refused.ts';
import type { Dimensions } from './target-size.ts';

/**
 * Creates a canvas of a size in px whose pixels will be read.
 * @throws PhotoRefused if out of memory
 */
export function createCanvas({ width, height }: Dimensions) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new PhotoRefused('Your browser has run out of memory for this photo. Try adding it on its own.');
  context.imageSmoothingQuality = 'high';
  return { canvas, context };
}

export const toCss = (colour: readonly number[]) => `rgb(${colour.join(' ')})`;

import type { Dimensions } from './target-size.ts';

/**
 * The ratio of length to width from which a picture is unreadable when fitted whole: a long
 * screenshot, a panorama.
 */
const LONG = 2.5;

/**
 * Tells whether a picture must be scrolled: `tall` from top to bottom, `wide` from side to side;
 * null if it fits.
 */
export function longShape({ width, height }: Dimensions): 'tall' | 'wide' | null {
  if (height > LONG * width) return 'tall';
  return width > LONG * height ? 'wide' : null;
}

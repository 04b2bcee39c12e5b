import type { Dimensions } from './target-size.ts';

/** How many times as long as it is wide a picture is that cannot be read when it is seen whole: a long screenshot, a panorama. */
const LONG = 2.5;

/** Whether a picture is to be seen in parts, from top to bottom (`tall`) or from side to side (`wide`); null when at once. */
export function longShape({ width, height }: Dimensions): 'tall' | 'wide' | null {
  if (height > LONG * width) return 'tall';
  return width > LONG * height ? 'wide' : null;
}

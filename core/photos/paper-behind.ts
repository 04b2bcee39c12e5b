/** Brightness, 0 to 255, from which a drawing counts as light: it could not be read on white. */
const LIGHT = 160;

/**
 * The colour to put behind a picture that can be seen through, so that it is readable on whatever paper a reader likes: white, and
 * dark grey for what is drawn in light colours. Null for a picture with nothing to see through, as many screenshots are.
 * @param pixels RGBA, 8 bits each, not premultiplied
 */
export function paperBehind(pixels: Uint8Array | Uint8ClampedArray): [number, number, number] | null {
  let [ink, brightness] = [0, 0];
  let isOpaque = true;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const alpha = pixels[at + 3] as number;
    if (alpha !== 255) isOpaque = false;
    ink += alpha;
    // Rec. 709 luma, as whole numbers.
    const luma =
      54 * (pixels[at] as number) + 183 * (pixels[at + 1] as number) + 19 * (pixels[at + 2] as number);
    brightness += (luma >> 8) * alpha;
  }
  if (isOpaque) return null;
  return ink > 0 && brightness / ink > LIGHT ? [34, 34, 34] : [255, 255, 255];
}

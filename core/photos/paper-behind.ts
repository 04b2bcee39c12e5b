/** Brightness, 0 to 255, from which a drawing is too light for white paper. */
const LIGHT = 160;

/**
 * Chooses the colour behind a transparent picture, so that it is readable on any paper: white, or
 * dark grey for light drawings. Null for a picture without transparent pixels, like many
 * screenshots.
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

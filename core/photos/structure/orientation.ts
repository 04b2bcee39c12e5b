const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
/** Size of a header and a directory with one entry, in bytes; anything shorter is ignored. */
const SHORTEST_EXIF = 22;
const MAX_ENTRIES = 500;

/**
 * Reads the orientation in a TIFF header, as EXIF stores it in JPEG, PNG and WebP (EXIF 2.32, 4.6).
 * Returns 1 (upright) for anything invalid.
 * @param start of the byte order mark (`II` or `MM`)
 */
export function orientationOfExif(view: DataView, start: number, end: number): number {
  if (end - start < SHORTEST_EXIF) return 1;
  try {
    const exif = new DataView(view.buffer, view.byteOffset + start, end - start);
    const little = exif.getUint16(0) === 0x4949;
    if (!little && exif.getUint16(0) !== 0x4d4d) return 1;
    const directory = exif.getUint32(4, little);
    const entries = Math.min(exif.getUint16(directory, little), MAX_ENTRIES);
    for (let n = 0; n < entries; n++) {
      const at = directory + 2 + 12 * n;
      if (exif.getUint16(at, little) !== ORIENTATION_TAG) continue;
      const value = exif.getUint16(at + 8, little);
      return exif.getUint16(at + 2, little) === SHORT && value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** A HEIF transformation (ISO/IEC 23008-12, 6.5.10 and 6.5.12), in file order. */
export type Turn = { anticlockwise: number } | { mirror: 'left-right' | 'top-bottom' };

/**
 * EXIF orientations for 0 to 3 quarter turns clockwise; the list below is for pictures mirrored
 * left to right first.
 */
const turned = [1, 6, 3, 8];
const mirroredAndTurned = [2, 7, 4, 5];

/** Combines transformations into one EXIF orientation (1–8). */
export function orientationOfTurns(turns: Turn[]): number {
  let mirrored = false;
  let quarters = 0;
  for (const turn of turns) {
    if ('anticlockwise' in turn) quarters -= turn.anticlockwise;
    else {
      mirrored = !mirrored;
      quarters = (turn.mirror === 'left-right' ? 0 : 2) - quarters;
    }
  }
  return (mirrored ? mirroredAndTurned : turned)[((quarters % 4) + 4) % 4] ?? 1;
}

/** What a photo's file says of itself before a pixel of it is decoded. */
export interface PhotoStructure {
  /** In px as stored: not yet turned upright. */
  width: number;
  height: number;
  /** How to turn it upright, as EXIF numbers it (1–8), whichever way its format says so. */
  orientation: number;
  /** Pictures of an animation; 1 for a still one. */
  frames: number;
  /** Passes over the picture until it is complete: scans of a JPEG, 7 of an interlaced PNG. */
  scans: number;
  /** Parts a decoder has to look at besides the pixels: segments, chunks, boxes. */
  parts: number;
  /** Progressive or interlaced: has to be held as a whole, and cannot be decoded in strips. */
  interlaced: boolean;
  /** Bytes of its samples per pixel, as its format keeps them decoded: 1.5 for 4:2:0, 8 for RGBA with 16 bits. */
  sampleBytes: number;
  /** What its numbers mean; null where an ICC profile in the file says it to the decoder, or nothing does (sRGB). */
  colours: Colours | null;
  /** The file ends before its format says so. The picture may be complete all the same. */
  isCut: boolean;
}

/** Where a file says what its colours are, other than by a profile that decoders read themselves. */
export interface Colours {
  /** Code points of ITU-T H.273 (CICP). */
  cicp?: { primaries: number; transfer: number };
  /** Of PNG: numbers are light to the power of this, 0.45455 for most. */
  gamma?: number;
  /** An ICC profile of a HEIC file, which is decoded without it. */
  profile?: Uint8Array;
}

/** What each reader needs; views of the same bytes. */
export interface FileBytes {
  bytes: Uint8Array;
  view: DataView;
}

/**
 * Segments, chunks or blocks beside the pixels; a camera writes a few dozen, and provenance (C2PA) some hundreds. A file of
 * more is refused, so readers stop there: millions fit into one file.
 */
export const MAX_PARTS = 5_000;

/** Pieces the pixels are cut into. Encoders write a kilobyte and more into each; empty ones only cost time. */
export const MAX_PIXEL_CHUNKS = 50_000;

/** Four characters, as most formats name their parts. Throws RangeError beyond the end. */
export function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(at + n)));
}

/** The structure of a photo, read before decoding a pixel. */
export interface PhotoStructure {
  /** In px as stored, before it is turned upright. */
  width: number;
  height: number;
  /** EXIF orientation (1–8), whichever way the format states it. */
  orientation: number;
  /** Frames of an animation; 1 for a still picture. */
  frames: number;
  /** Passes until the picture is complete: scans of a JPEG, 7 for an interlaced PNG. */
  scans: number;
  /** Parts besides the pixels that a decoder reads: segments, chunks, boxes. */
  parts: number;
  /**
   * Whether it is progressive or interlaced, so that it must be decoded as a whole, not in strips.
   */
  interlaced: boolean;
  /** Bytes per pixel when decoded: 1.5 for 4:2:0, 8 for RGBA with 16 bits. */
  sampleBytes: number;
  /** The colour space; null if an ICC profile states it to the decoder, or nothing does (sRGB). */
  colours: Colours | null;
  /** Whether the file ends early. The picture may still be complete. */
  isCut: boolean;
}

export interface Colours {
  /** Code points of ITU-T H.273 (CICP). */
  cicp?: { primaries: number; transfer: number };
  /** PNG gamma: numbers are light to the power of this, mostly 0.45455. */
  gamma?: number;
  /** The ICC profile of a HEIC file, which is decoded without it. */
  profile?: Uint8Array;
}

/** A file's bytes as the readers need them; views of the same memory. */
export interface FileBytes {
  bytes: Uint8Array;
  view: DataView;
}

/**
 * Maximum of segments, chunks or blocks besides the pixels. A camera writes a few dozen, provenance
 * data (C2PA) some hundreds. Readers stop here, because millions fit into one file.
 */
export const MAX_PARTS = 5_000;

/**
 * Maximum of pixel chunks. Encoders write at least a kilobyte into each; empty ones only cost time.
 */
export const MAX_PIXEL_CHUNKS = 50_000;

/** Reads a four-character name. @throws RangeError beyond the end */
export function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(at + n)));
}

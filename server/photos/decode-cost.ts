import type { Metadata } from 'sharp';

/** Bytes that all photos being decoded in one process may take together. */
export const DECODE_BUDGET = 320_000_000;

/**
 * Bytes of memory that decoding takes per pixel, as measured (peak of the process, 12 and 49 megapixels, both with a
 * little added). Most formats are read in strips and shrunk on the way; these have to be held whole.
 */
export function decodeBytesPerPixel(header: Metadata): number {
  if (header.format === 'heif') return 19;
  if (header.format === 'gif') return 6;
  if (!header.isProgressive) return 4;
  return header.format === 'png' ? 1.4 * header.channels * (header.depth === 'ushort' ? 2 : 1) : 6;
}

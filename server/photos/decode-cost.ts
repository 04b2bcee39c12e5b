import type { Metadata } from 'sharp';

/**
 * Bytes that all photos being decoded in one process may take together: beside it, passwords are derived and other letters
 * arrive, and all of it stays within 512 MB (docs/decisions/015).
 */
export const DECODE_BUDGET = 76_000_000;

/**
 * Bytes of memory that decoding takes per pixel, as measured (peak of the process, 12 to 49 megapixels, with a little
 * added). Most formats are read in strips, and JPEG is shrunk on the way; the others have to be held whole.
 */
export function decodeBytesPerPixel(header: Metadata): number {
  const { format, channels, chromaSubsampling, isProgressive } = header;
  if (format === 'heif') return 19;
  if (format === 'gif') return 6;
  if (format === 'png') return (isProgressive ? 1.4 : 0.6) * channels * (header.depth === 'ushort' ? 2 : 1);
  if (format === 'jpeg' && isProgressive) return chromaSubsampling === '4:2:0' ? 4 : 8;
  return format === 'jpeg' ? 1.5 : 4;
}

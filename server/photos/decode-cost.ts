import type { InspectedPhoto } from '#core/photos/inspect-photo.ts';
import { targetSize } from '#core/photos/target-size.ts';

/** Bytes per pixel of the target while it is converted and encoded. */
const TARGET_BYTES = 16;

/**
 * The most memory that preparing a photo takes on top of the decoding process itself, in bytes.
 * Measured as the process's peak at 4 to 200 megapixels, with a margin. JPEG and WebP are shrunk
 * while decoding and PNG is read in strips. Interlaced or rotated photos, and those decoded by
 * libaom or libheif, are held whole.
 */
export function decodeBytesOf(photo: InspectedPhoto): number {
  const { width, height, format, frames } = photo;
  const target = targetSize(photo, 'full');
  const pixels = width * height;
  const moving = frames > 1 && frames * pixels <= 12_000_000 ? frames : 1;
  return TARGET_BYTES * target.width * target.height + moving * pixels * bytesPerPixel(photo, format);
}

function bytesPerPixel({ interlaced, orientation, sampleBytes }: InspectedPhoto, format: string): number {
  switch (format) {
    case 'jpeg':
      // Coefficients of two bytes, of all components, until the last scan.
      return interlaced ? 2.3 * sampleBytes : 0.5;
    case 'png':
      return (interlaced ? 1.4 : orientation > 1 ? 1.1 : 0.6) * sampleBytes;
    case 'webp':
      return sampleBytes > 3 ? 3 : 1;
    case 'gif':
      return 6;
    case 'heic':
      return 7;
    default:
      return 16;
  }
}

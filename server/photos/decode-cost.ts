import type { InspectedPhoto } from '#core/photos/inspect-photo.ts';
import { targetSize } from '#core/photos/target-size.ts';

/** Bytes per pixel of the target while it is converted and encoded. */
const TARGET_BYTES = 16;

/**
 * Bytes of memory that preparing a photo takes at most, beside what the decoding process has anyway: measured as the peak of the
 * process at 4 to 200 megapixels, with a little added. JPEG and WebP are shrunk while they are decoded, PNG is read in strips;
 * whatever comes in passes, or is turned, or is decoded by libaom and libheif, has to be held as a whole.
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

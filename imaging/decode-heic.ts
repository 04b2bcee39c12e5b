import sharp, { type Sharp } from 'sharp';
import { type Bytes, concatBytes, encodeUtf8 } from '#core/bytes.ts';
import type { InspectedPhoto } from '#core/photos/inspect-photo.ts';
import type { LibHeif } from '#core/photos/libheif.ts';
import { damagedPhotoText } from '#core/photos/photo-advice.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import { targetSize } from '#core/photos/target-size.ts';
import { type Pixels, toPixels } from './decode-shrunk.ts';

/** The largest part of a profile in one JPEG segment (ICC.1:2022, B.4). */
const SEGMENT_BYTES = 65_519;

/**
 * Decodes an iPhone photo with libheif, turns it upright and shrinks it. libheif is WebAssembly,
 * runs wherever Node does, and is loaded for the first such photo.
 * @throws PhotoRefused
 */
export async function decodeHeic(bytes: Bytes, photo: InspectedPhoto): Promise<Pixels> {
  const { default: libheif } = (await import('libheif-js/wasm-bundle.js')) as unknown as { default: LibHeif };
  const context = libheif.heif_context_alloc();
  try {
    const { code } = libheif.heif_context_read_from_memory(context, bytes);
    if (code !== libheif.heif_error_code.heif_error_Ok) throw new PhotoRefused(damagedPhotoText);
    const handle = libheif.heif_js_context_get_primary_image_handle(context);
    const { heif_colorspace_RGB: rgb } = libheif.heif_colorspace;
    const { heif_chroma_interleaved_RGB: interleaved } = libheif.heif_chroma;
    const { image, channels } = libheif.heif_js_decode_image2(handle, rgb, interleaved);
    const plane = channels?.[0];
    if (!image || !plane) throw new PhotoRefused(damagedPhotoText);
    const { width, height, stride, data } = plane;
    // Cut off row padding.
    const size = targetSize({ width, height }, 'full');
    const shrunk = sharp(data, { raw: { width: stride / 3, height, channels: 3 }, limitInputPixels: false })
      .extract({ left: 0, top: 0, width, height })
      .resize(size.width, size.height, { fit: 'fill' });
    const pixels = await convert(shrunk, photo.colours?.profile);
    libheif.heif_image_release(image);
    libheif.heif_image_handle_release(handle);
    return pixels;
  } finally {
    libheif.heif_context_free(context);
  }
}

/**
 * Converts to sRGB by a profile. sharp accepts no profile for raw pixels, so a JPEG of the best
 * quality carries both.
 */
async function convert(image: Sharp, profile: Uint8Array | undefined): Promise<Pixels> {
  if (!profile || profile.length === 0) return toPixels(image);
  const jpeg = new Uint8Array(await image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
  const count = Math.ceil(profile.length / SEGMENT_BYTES);
  const segments = Array.from({ length: count }, (_, n) => {
    const part = profile.subarray(n * SEGMENT_BYTES, (n + 1) * SEGMENT_BYTES);
    const length = part.length + 16;
    return concatBytes(
      Uint8Array.of(0xff, 0xe2, length >> 8, length & 0xff),
      encodeUtf8('ICC_PROFILE\0'),
      Uint8Array.of(n + 1, count),
      Uint8Array.from(part),
    );
  });
  return toPixels(sharp(concatBytes(jpeg.slice(0, 2), ...segments, jpeg.slice(2))));
}

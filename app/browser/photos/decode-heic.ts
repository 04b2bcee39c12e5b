import createLibheif from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import type { Bytes } from '#core/bytes.ts';
import type { InspectedPhoto } from '#core/photos/inspect-photo.ts';

/** A colour primaries code point (ITU-T H.273). */
const P3_PRIMARIES = 12;
/** The x of Display P3's green, adapted to the profile illuminant (D50). */
const P3_GREEN_X = 0.292;

/**
 * Decodes HEIC with libheif, and turns it upright, for browsers that can't. It is 2 MB of
 * WebAssembly, so the photo worker loads it with the first such photo only.
 *
 * @throws for a damaged photo
 */
export async function decodeHeic(bytes: Bytes, { colours }: InspectedPhoto): Promise<ImageData> {
  const libheif = createLibheif();
  const context = libheif.heif_context_alloc();
  try {
    const { code } = libheif.heif_context_read_from_memory(context, bytes);
    if (code !== libheif.heif_error_code.heif_error_Ok) throw new Error('libheif cannot read this file');
    const handle = libheif.heif_js_context_get_primary_image_handle(context);
    const { image, channels } = libheif.heif_js_decode_image2(
      handle,
      libheif.heif_colorspace.heif_colorspace_RGB,
      libheif.heif_chroma.heif_chroma_interleaved_RGBA,
    );
    const plane = channels?.[0];
    if (!image || !plane) throw new Error('libheif cannot decode this file');
    const { width, height, stride, data } = plane;
    const pixels = new Uint8ClampedArray(4 * width * height);
    // Rows may be padded.
    for (let row = 0; row < height; row++) {
      pixels.set(data.subarray(row * stride, row * stride + 4 * width), 4 * width * row);
    }
    libheif.heif_image_release(image);
    libheif.heif_image_handle_release(handle);
    return new ImageData(pixels, width, height, { colorSpace: isP3(colours) ? 'display-p3' : 'srgb' });
  } finally {
    libheif.heif_context_free(context);
  }
}

/** Tells Display P3, which iPhones write, from sRGB. */
function isP3(colours: InspectedPhoto['colours']): boolean {
  if (!colours?.profile) return colours?.cicp?.primaries === P3_PRIMARIES;
  const green = greenOf(colours.profile);
  return green !== null && Math.abs(green - P3_GREEN_X) < 0.01;
}

/**
 * Reads the x of the green primary from an ICC profile (ICC.1:2022, 7.3 and 10.31); 0.385 for sRGB.
 * Null when it has none.
 */
function greenOf(profile: Uint8Array): number | null {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  try {
    for (let n = 0; n < Math.min(view.getUint32(128), 100); n++) {
      const at = 132 + 12 * n;
      // "gXYZ"
      if (view.getUint32(at) === 0x6758595a) return view.getInt32(view.getUint32(at + 4) + 8) / 65_536;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

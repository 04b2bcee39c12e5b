import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { type Bytes, concatBytes } from '#core/bytes.ts';
import type { InspectedPhoto } from '#core/photos/inspect-photo.ts';
import { type Dimensions, targetSize } from '#core/photos/target-size.ts';
import { limits } from '#core/schemas/limits.ts';

/** Raw pixels, 8 bits per sample. */
export interface Pixels extends Dimensions {
  data: Uint8Array;
  channels: 3 | 4;
}

export type Decoder = (bytes: Bytes, photo: InspectedPhoto) => Promise<Pixels>;

/** libjpeg's warnings about harmless quirks of phones; any other warning means damage. */
const harmless = /Invalid SOS parameters|extraneous bytes|Unknown Adobe|JFIF|ICC|Exif/i;
const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);

/**
 * Decodes to a letter's size: upright, and in sRGB if the file has a profile. Large JPEG and WebP
 * files are shrunk while decoding.
 */
export async function decodeShrunk(
  bytes: Bytes,
  photo: InspectedPhoto,
  { frame = 0, decodeHeic }: { frame?: number; decodeHeic?: Decoder | undefined } = {},
): Promise<Pixels> {
  if (photo.format === 'heic') {
    const decode = decodeHeic ?? (await import('./decode-heic.ts')).decodeHeic;
    return decode(bytes, photo);
  }
  // Many writers omit the end marker of a complete picture. With one added, libjpeg warns only of
  // missing pixels.
  const whole = photo.format === 'jpeg' && photo.isCut ? concatBytes(bytes, END_OF_JPEG) : bytes;
  const decode = (failOn: SharpOptions['failOn']) =>
    shrink(
      sharp(whole, {
        failOn,
        limitInputPixels: limits.photoPixels,
        sequentialRead: true,
        page: frame,
        ignoreIcc: photo.colours !== null,
      }),
      photo,
    );
  if (photo.format !== 'jpeg') return decode('error');
  try {
    return await decode('warning');
  } catch (warning) {
    if (!(warning instanceof Error) || !harmless.test(warning.message)) throw warning;
    return decode('error');
  }
}

async function shrink(image: Sharp, { width, height, orientation }: InspectedPhoto): Promise<Pixels> {
  const upright = orientation >= 5 ? { width: height, height: width } : { width, height };
  const size = targetSize(upright, 'full');
  // sharp converts a colour profile before it shrinks, which takes twice as long as everything else
  // and leaves 16-bit pictures in a working space. So shrink first, with the profile attached, and
  // convert the result.
  const carried = await image
    .autoOrient()
    .resize(size.width, size.height, { fit: 'fill' })
    .keepIccProfile()
    .tiff({ compression: 'none' })
    .toBuffer();
  return toPixels(sharp(carried));
}

/** Converts to 8-bit sRGB by the picture's profile. */
export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 3 || channels === 4) return { data, width, height, channels };
  // Greyscale, with or without alpha.
  const grey = sharp(data, { raw: { width, height, channels } }).toColourspace('srgb');
  const coloured = await grey.raw().toBuffer({ resolveWithObject: true });
  return { data: coloured.data, width, height, channels: coloured.info.channels as 3 | 4 };
}

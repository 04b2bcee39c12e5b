import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { type Bytes, concatBytes } from '#core/bytes.ts';
import type { InspectedPhoto } from '#core/photos/inspect-photo.ts';
import { type Dimensions, targetSize } from '#core/photos/target-size.ts';
import { limits } from '#core/schemas/limits.ts';

/** Plain pixels, 8 bits a sample. */
export interface Pixels extends Dimensions {
  data: Uint8Array;
  channels: 3 | 4;
}

/** Decodes and shrinks what sharp cannot. */
export type Decoder = (bytes: Bytes, photo: InspectedPhoto) => Promise<Pixels>;

/** What libjpeg says of files that phones write and every viewer shows; anything else it warns of is damage. */
const harmless = /Invalid SOS parameters|extraneous bytes|Unknown Adobe|JFIF|ICC|Exif/i;
const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);

/**
 * Decodes to the size a letter carries: upright, and in sRGB as far as a profile in the file says how. Large JPEG and WebP are
 * shrunk while they are decoded.
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
  // Many writers leave out the end marker of a complete picture. With one, libjpeg warns of missing pixels alone.
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
  // sharp converts a colour profile before it shrinks, which takes twice as long as all the rest together, and leaves pictures
  // with 16 bits in a working space. Shrink first, with the profile carried along, and convert what is left.
  const carried = await image
    .autoOrient()
    .resize(size.width, size.height, { fit: 'fill' })
    .keepIccProfile()
    .tiff({ compression: 'none' })
    .toBuffer();
  return toPixels(sharp(carried));
}

/** 8-bit sRGB, by the profile that the picture carries. */
export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 3 || channels === 4) return { data, width, height, channels };
  // Grey, with or without a hole in it.
  const grey = sharp(data, { raw: { width, height, channels } }).toColourspace('srgb');
  const coloured = await grey.raw().toBuffer({ resolveWithObject: true });
  return { data: coloured.data, width, height, channels: coloured.info.channels as 3 | 4 };
}

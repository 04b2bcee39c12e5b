import sharp from 'sharp';
import type { Bytes } from '#core/bytes.ts';
import {
  damagedPhotoText,
  type PhotoFormat,
  refusalOfKind,
  tooManyBytesText,
  tooManyPixelsText,
} from '#core/photos/photo-advice.ts';
import { sniffPhoto } from '#core/photos/sniff-photo.ts';
import { limits } from '#core/schemas/limits.ts';
import { AppError } from '#server/errors.ts';
import { DECODE_BUDGET, decodeBytesPerPixel } from './decode-cost.ts';

/** What a photo's header says, before a pixel of it is decoded. Sizes in pixels, as stored (not yet turned upright). */
export interface PhotoFacts {
  format: PhotoFormat;
  width: number;
  height: number;
  /** Memory that decoding takes at most, in bytes. */
  decodeBytes: number;
  /** True for 8-bit RGB with a colour profile of its own, which may be converted after shrinking. */
  profiledRgb: boolean;
}

/**
 * Checks a photo by its content within fixed bounds, without decoding it: at most {@link limits}`.photoBytes` bytes and
 * `.photoPixels` pixels, fewer for the kinds that are decoded as a whole (decode-cost.ts). Of an animation only the first frame counts, as only that is ever decoded.
 *
 * @throws {AppError} `too-large` for bytes or pixels beyond the limit, `invalid-input` for anything that is not a whole
 *   photo of an accepted kind; the message is a sentence for the person who chose the file.
 */
export async function checkPhoto(bytes: Bytes, decodeBudget = DECODE_BUDGET): Promise<PhotoFacts> {
  if (bytes.length > limits.photoBytes) {
    throw new AppError('too-large', tooManyBytesText);
  }
  const kind = sniffPhoto(bytes);
  const refusal = refusalOfKind(kind);
  if (refusal) throw new AppError('invalid-input', refusal);

  // No pixel limit here: a bomb should be told that it is too large, and reading a header costs the same for any size.
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new AppError('invalid-input', damagedPhotoText);
    });
  // sharp calls AVIF by its container's name.
  const format = header.format === 'heif' && header.compression === 'av1' ? 'avif' : header.format;
  if (format !== kind) throw new AppError('invalid-input', damagedPhotoText);

  const { width, height } = header;
  const pixels = width * height;
  const bytesPerPixel = decodeBytesPerPixel(header);
  const maxPixels = Math.min(limits.photoPixels, decodeBudget / bytesPerPixel);
  if (pixels > maxPixels) {
    const size = { width, height };
    throw new AppError('too-large', tooManyPixelsText(size, maxPixels, kind as PhotoFormat));
  }
  return {
    format: kind as PhotoFormat,
    width,
    height,
    decodeBytes: pixels * bytesPerPixel,
    profiledRgb: header.icc !== undefined && header.space === 'srgb' && header.depth === 'uchar',
  };
}

/** The refusal for a photo whose header was good and whose pixels are not. */
export function damagedPhoto(): AppError {
  return new AppError('invalid-input', damagedPhotoText);
}

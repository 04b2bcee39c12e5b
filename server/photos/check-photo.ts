import sharp from 'sharp';
import type { Bytes } from '#core/bytes.ts';
import { type PhotoKind, sniffPhoto } from '#core/photos/sniff-photo.ts';
import { limits } from '#core/schemas/limits.ts';
import { AppError } from '#server/errors.ts';
import { DECODE_BUDGET, decodeBytesPerPixel } from './decode-cost.ts';

export type PhotoFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif';

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

const megabytes = limits.photoBytes / 1_000_000;

const ADVICE = 'Please choose a JPEG, PNG, GIF, WebP or AVIF picture.';

const refusals: Record<Exclude<PhotoKind, PhotoFormat>, string> = {
  empty: 'This photo arrived empty. Please choose it once more.',
  heic:
    'This is a HEIC photo, which most browsers cannot show. On an iPhone choose Settings › Camera › Formats › Most ' +
    'Compatible, or export the photo as JPEG, and add it again.',
  tiff: `This is a TIFF or raw camera file. ${ADVICE}`,
  film: `This is a film, and letters carry still pictures only. ${ADVICE}`,
  document: `This file is a document and not a photo. ${ADVICE}`,
  polyglot: `This file is a photo and a document at once, so it was not taken. ${ADVICE}`,
  unknown: `This file is not a photo that can be shown. ${ADVICE}`,
};

const DAMAGED = 'This photo seems to be damaged and cannot be opened. Please choose another copy of it.';

/**
 * Checks a photo by its content within fixed bounds, without decoding it: at most {@link limits}`.photoBytes` bytes and
 * `.photoPixels` pixels, fewer for the kinds that are decoded as a whole (decode-cost.ts). Of an animation only the first frame counts, as only that is ever decoded.
 *
 * @throws {AppError} `too-large` for bytes or pixels beyond the limit, `invalid-input` for anything that is not a whole
 *   photo of an accepted kind; the message is a sentence for the person who chose the file.
 */
export async function checkPhoto(bytes: Bytes): Promise<PhotoFacts> {
  if (bytes.length > limits.photoBytes) {
    throw new AppError(
      'too-large',
      `This photo is larger than ${megabytes} MB. Please choose a smaller copy.`,
    );
  }
  const kind = sniffPhoto(bytes);
  if (kind in refusals) {
    throw new AppError('invalid-input', refusals[kind as keyof typeof refusals]);
  }

  // No pixel limit here: a bomb should be told that it is too large, and reading a header costs the same for any size.
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new AppError('invalid-input', DAMAGED);
    });
  // sharp calls AVIF by its container's name.
  const format = header.format === 'heif' && header.compression === 'av1' ? 'avif' : header.format;
  if (format !== kind) throw new AppError('invalid-input', DAMAGED);

  const { width, height } = header;
  const pixels = width * height;
  const bytesPerPixel = decodeBytesPerPixel(header);
  const maxPixels = Math.min(limits.photoPixels, DECODE_BUDGET / bytesPerPixel);
  if (pixels > maxPixels) {
    const most = `${Math.floor(maxPixels / 1_000_000)} megapixels`;
    const kinds = maxPixels < limits.photoPixels ? `, the most for a ${kind.toUpperCase()} of this sort` : '';
    throw new AppError(
      'too-large',
      `This photo has more than ${most}${kinds} (${width} × ${height}). Please choose a smaller copy or a JPEG.`,
    );
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
  return new AppError('invalid-input', DAMAGED);
}

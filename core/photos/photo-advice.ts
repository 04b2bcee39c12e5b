import { limits } from '../schemas/limits.ts';
import type { PhotoKind } from './sniff-photo.ts';

export type PhotoFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic';

const ADVICE = 'Please choose a JPEG, PNG, GIF, WebP, AVIF or HEIC photo.';

const refusals: Record<Exclude<PhotoKind, PhotoFormat>, string> = {
  empty: 'This file is empty. Please choose another copy of the photo.',
  tiff: `This is a TIFF or raw camera file. ${ADVICE}`,
  film: `This is a video, and letters can only hold photos. ${ADVICE}`,
  document: `This is a document, not a photo. ${ADVICE}`,
  unknown: `This file isn’t a photo we can show. ${ADVICE}`,
};

/** Explains why a file of this kind is refused; null for a photo. */
export function refusalOfKind(kind: PhotoKind): string | null {
  return kind in refusals ? refusals[kind as keyof typeof refusals] : null;
}

export const standsStillText = 'This photo is animated. It’ll be a still picture in your letter.';

export const damagedPhotoText =
  'We can’t open this photo. It may be damaged. Try another copy, or save a new one from a photo app.';

export const tooManyBytesText = `This photo is over ${limits.photoBytes / 1_000_000} MB. Please choose a smaller copy.`;

/**
 * @param maxPixels lower for formats that are costly to decode; the message then names the format
 */
export function tooManyPixelsText(
  size: { width: number; height: number },
  maxPixels: number = limits.photoPixels,
  format?: PhotoFormat,
): string {
  const most = `${Math.floor(maxPixels / 1_000_000)} megapixels`;
  const isDear = format !== undefined && maxPixels < limits.photoPixels;
  const ofKind = isDear ? `, the limit for this kind of ${format.toUpperCase()}` : '';
  // A baseline JPEG of this size is shrunk while it is decoded; a progressive one can't be.
  const advice =
    isDear && format === 'jpeg'
      ? 'Save it as a standard JPEG, not a progressive one, or choose a smaller copy.'
      : isDear
        ? 'Please choose a smaller copy, or save it as a JPEG.'
        : 'Please choose a smaller copy.';
  return `This photo has more than ${most}${ofKind} (${size.width} × ${size.height}). ${advice}`;
}

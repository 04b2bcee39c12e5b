import { limits } from '../schemas/limits.ts';
import type { PhotoKind } from './sniff-photo.ts';

/** Kinds that letters carry. */
export type PhotoFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic';

const ADVICE = 'Please choose a JPEG, PNG, GIF, WebP, AVIF or HEIC picture.';

const refusals: Record<Exclude<PhotoKind, PhotoFormat>, string> = {
  empty: 'This file is empty. Please choose another copy of the photo.',
  tiff: `This is a TIFF or raw camera file. ${ADVICE}`,
  film: `This is a video, and letters carry pictures only. ${ADVICE}`,
  document: `This file is a document, not a photo. ${ADVICE}`,
  unknown: `This file isn’t a photo we can show. ${ADVICE}`,
};

/** What to tell somebody who chose a file of this kind; null for a photo that letters carry. */
export function refusalOfKind(kind: PhotoKind): string | null {
  return kind in refusals ? refusals[kind as keyof typeof refusals] : null;
}

export const standsStillText = 'This one moves, and it will stand still in your letter.';

export const damagedPhotoText =
  'This photo can’t be opened. It may be damaged: choose another copy, or save a new one in a photo app.';

export const tooManyBytesText = `This photo is larger than ${limits.photoBytes / 1_000_000} MB. Please choose a smaller copy.`;

/** @param maxPixels fewer where a kind of photo is dear to decode, which is then named */
export function tooManyPixelsText(
  size: { width: number; height: number },
  maxPixels: number = limits.photoPixels,
  format?: PhotoFormat,
): string {
  const most = `${Math.floor(maxPixels / 1_000_000)} megapixels`;
  const isDear = format !== undefined && maxPixels < limits.photoPixels;
  const ofKind = isDear ? `, the most for a ${format.toUpperCase()} of this sort` : '';
  // A JPEG of this size is shrunk as it is decoded, unless it is a progressive one.
  const advice =
    isDear && format === 'jpeg'
      ? 'Save it as a standard JPEG, not a progressive one, or choose a smaller copy.'
      : isDear
        ? 'Please choose a smaller copy, or save it as a JPEG.'
        : 'Please choose a smaller copy.';
  return `This photo has more than ${most}${ofKind} (${size.width} × ${size.height}). ${advice}`;
}

import { limits } from '../schemas/limits.ts';
import {
  damagedPhotoText,
  type PhotoFormat,
  refusalOfKind,
  tooManyBytesText,
  tooManyPixelsText,
} from './photo-advice.ts';
import { PhotoRefused } from './photo-refused.ts';
import { type PhotoStructure, readStructure } from './read-structure.ts';
import { sniffPhoto } from './sniff-photo.ts';
import { MAX_PARTS } from './structure/photo-structure.ts';
import { MAX_SCANS } from './structure/read-jpeg.ts';

export interface InspectedPhoto extends PhotoStructure {
  format: PhotoFormat;
}

/** A minute of animation at 50 frames a second. */
const MAX_FRAMES = 3_000;

/**
 * Recognises a photo by its content, and refuses by structure alone, before decoding: files that
 * aren't photos, photos over the {@link limits}, and files built to cost a decoder far more than
 * their bytes (thousands of scans, frames or chunks). One pass over the bytes.
 * @throws PhotoRefused
 */
export function inspectPhoto(bytes: Uint8Array): InspectedPhoto {
  if (bytes.length > limits.photoBytes) throw new PhotoRefused(tooManyBytesText, 'too-large');
  const format = sniffPhoto(bytes);
  const refusal = refusalOfKind(format);
  if (refusal) throw new PhotoRefused(refusal);
  const structure = readStructure(bytes, format as PhotoFormat);
  if (!structure) throw new PhotoRefused(damagedPhotoText);
  if (structure.width * structure.height > limits.photoPixels)
    throw new PhotoRefused(tooManyPixelsText(structure), 'too-large');
  const { scans, parts, frames } = structure;
  if (scans > MAX_SCANS || parts > MAX_PARTS || frames > MAX_FRAMES) {
    throw new PhotoRefused(
      'This photo file is unusually complex. Save a new copy from a photo app and add that.',
    );
  }
  return { ...structure, format: format as PhotoFormat };
}

import type { Bytes } from '../bytes.ts';
import { CryptoRefusal, openPhoto, type PhotoManifestEntry, type PhotoVariant } from '../crypto/index.ts';
import type { PhotoFormat } from './photo-advice.ts';
import { readStructure } from './read-structure.ts';
import { sniffPhoto } from './sniff-photo.ts';
import { MAX_SCANS } from './structure/read-jpeg.ts';
import { fitsLetter, isSmallAnimation } from './target-size.ts';

/** The formats in letters, by media type. */
const carried: Partial<Record<PhotoFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};
/** Maximum segments or chunks besides frames: preparing a photo drops everything a camera added. */
const MAX_PARTS = 200;

export interface LetterPhoto {
  letterId: string;
  photo: Pick<PhotoManifestEntry, 'photoId' | 'width' | 'height' | 'mediaType'>;
  variant: PhotoVariant;
}

/**
 * Opens a photo and returns it only if it is a picture that a letter may hold. An author's client
 * may be anyone's, and 49 kB of PNG can cost a decoder gigabytes. So this checks the file's
 * structure before decoding: type and size as the letter states them, within {@link sizeBounds},
 * scans, chunks and frames.
 * @param expectedHash see {@link openPhoto}
 * @throws CryptoRefusal `damaged`, `unknown-suite`, `malformed`
 */
export async function openLetterPhoto(
  key: Bytes,
  { letterId, photo, variant }: LetterPhoto,
  sealed: Bytes,
  expectedHash: string | undefined,
): Promise<Bytes> {
  const bytes = await openPhoto(key, { letterId, photoId: photo.photoId, variant }, sealed, expectedHash);
  if (!isLetterPhoto(bytes, photo, variant)) {
    throw new CryptoRefusal('damaged', 'This is not the photo that the letter describes.');
  }
  return bytes;
}

function isLetterPhoto(
  bytes: Uint8Array,
  { width, height, mediaType }: LetterPhoto['photo'],
  variant: PhotoVariant,
): boolean {
  const format = sniffPhoto(bytes) as PhotoFormat;
  if (carried[format] === undefined || carried[format] !== mediaType) return false;
  const structure = readStructure(bytes, format);
  if (structure?.orientation !== 1 || !fitsLetter(structure, variant)) return false;
  const { frames, scans, parts } = structure;
  if (scans > MAX_SCANS || parts - frames > MAX_PARTS) return false;
  if (frames > 1 && !(format === 'webp' && isSmallAnimation(structure))) return false;
  return variant === 'preview' || (structure.width === width && structure.height === height);
}

import type { PhotoSeal } from '#core/crypto/index.ts';

/**
 * Photo seals as documents store them: three parallel lists, because the store has no lists of
 * objects.
 */
interface PhotoColumns {
  photoIds: string[];
  photoFullHashes: string[];
  photoPreviewHashes: string[];
}

export function toPhotoColumns(photos: readonly PhotoSeal[]): PhotoColumns {
  return {
    photoIds: photos.map((photo) => photo.photoId),
    photoFullHashes: photos.map((photo) => photo.fullHash),
    photoPreviewHashes: photos.map((photo) => photo.previewHash),
  };
}

/**
 * Lists of different lengths yield empty hashes, which no photo and no letter authenticates with.
 */
export function fromPhotoColumns(columns: PhotoColumns): PhotoSeal[] {
  return columns.photoIds.map((photoId, n) => ({
    photoId,
    fullHash: columns.photoFullHashes[n] ?? '',
    previewHash: columns.photoPreviewHashes[n] ?? '',
  }));
}

import type { Bytes } from '../bytes.ts';
import { hashCiphertext, type PhotoSeal, sealPhoto } from '../crypto/index.ts';

/** A photo in its two sizes. */
export interface PhotoPair {
  full: Bytes;
  preview: Bytes;
}

/** Seals both sizes of a photo under the key of its letter. @throws CryptoRefusal `malformed`. */
export async function sealPhotoPair(
  key: Bytes,
  { letterId, photoId }: { letterId: string; photoId: string },
  picture: PhotoPair,
): Promise<PhotoPair & { seal: PhotoSeal }> {
  const [full, preview] = await Promise.all([
    sealPhoto(key, { letterId, photoId, variant: 'full' }, picture.full),
    sealPhoto(key, { letterId, photoId, variant: 'preview' }, picture.preview),
  ]);
  const [fullHash, previewHash] = await Promise.all([hashCiphertext(full), hashCiphertext(preview)]);
  return { full, preview, seal: { photoId, fullHash, previewHash } };
}

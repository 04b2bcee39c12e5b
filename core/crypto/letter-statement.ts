import type { Bytes } from '../bytes.ts';
import { encodeFields } from './encode-fields.ts';
import type { LetterEnvelope, LetterReader, PhotoSeal } from './letter-types.ts';

/**
 * Encodes what a sealed key vouches for. `role` separates the two copies; `both` is for the hash.
 * @throws CryptoRefusal `malformed` for fields of the wrong type, see {@link encodeFields}
 */
export function encodeLetter(
  purpose: string,
  role: LetterReader | 'both',
  envelope: LetterEnvelope,
  photos: PhotoSeal[],
  payloadHash: Bytes,
): Bytes {
  return encodeFields(
    purpose,
    envelope.suite,
    role,
    envelope.letterId,
    envelope.authorId,
    envelope.receiverId,
    envelope.authorEpoch,
    envelope.receiverEpoch,
    envelope.createdAt,
    payloadHash,
    photos.length,
    ...photos.flatMap(({ photoId, fullHash, previewHash }) => [photoId, fullHash, previewHash]),
  );
}

/** Tells whether envelope and photos have types and values that {@link encodeLetter} can bind. */
export function isLetterShaped(envelope: LetterEnvelope, photos: PhotoSeal[]): boolean {
  const { suite, letterId, authorId, receiverId, authorEpoch, receiverEpoch, createdAt } = envelope;
  return (
    suite === 1 &&
    [letterId, authorId, receiverId].every(isName) &&
    [authorEpoch, receiverEpoch, createdAt].every((n) => Number.isSafeInteger(n) && n >= 0) &&
    Array.isArray(photos) &&
    photos.every((photo) => isName(photo.photoId) && isHash(photo.fullHash) && isHash(photo.previewHash)) &&
    new Set(photos.map((photo) => photo.photoId)).size === photos.length
  );
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !/\p{Cs}/u.test(value);
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

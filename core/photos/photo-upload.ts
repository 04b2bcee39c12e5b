import { type Bytes, concatBytes, fromHex, toHex } from '../bytes.ts';

interface PhotoUpload {
  draftId: string;
  photoId: string;
  full: Bytes;
  preview: Bytes;
}

const ID_BYTES = 12;
const HEAD_BYTES = 2 * ID_BYTES + 4;

/**
 * Encodes as `draft id (12) ‖ photo id (12) ‖ preview length (4, big-endian) ‖ preview ‖ full`, raw
 * bytes.
 */
export function encodePhotoUpload({ draftId, photoId, full, preview }: PhotoUpload): Bytes {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, preview.length);
  return concatBytes(fromHex(draftId), fromHex(photoId), length, preview, full);
}

/**
 * Decodes an upload; null for anything {@link encodePhotoUpload} wouldn't make. The pictures are
 * views of `bytes`, not copies.
 */
export function decodePhotoUpload(bytes: Bytes): PhotoUpload | null {
  if (bytes.length < HEAD_BYTES) return null;
  const previewLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(2 * ID_BYTES);
  const end = HEAD_BYTES + previewLength;
  if (end > bytes.length) return null;
  return {
    draftId: toHex(bytes.subarray(0, ID_BYTES)),
    photoId: toHex(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
    preview: bytes.subarray(HEAD_BYTES, end),
    full: bytes.subarray(end),
  };
}

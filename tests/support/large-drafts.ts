import { randomFillSync } from 'node:crypto';
import { PHOTO_VERSION, SUITE, sealedLengths } from '#core/crypto/index.ts';
import { padmeLength } from '#core/crypto/padding.ts';
import { newId } from '#core/id.ts';
import { encodePhotoUpload } from '#core/photos/photo-upload.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Answer, Visitor } from './http-client.ts';
import { callProcedure } from './http-procedures.ts';

/** Suite, nonce and tag. */
const SEAL_BYTES = 29;

/** Bytes that look sealed and that nothing makes smaller. */
export function looksSealed(length: number, version: number = SUITE): Uint8Array<ArrayBuffer> {
  const bytes = randomFillSync(new Uint8Array(length));
  bytes[0] = version;
  return bytes;
}

/** Saves a draft that looks sealed; its content is as long as it may be unless it is told. */
export function saveLargeDraft(
  visitor: Visitor,
  { draftId = newId(), version = 0, photoIds = [] as string[], textBytes = 600_000 },
): Promise<Answer> {
  const photos = photoIds.map((photoId) => ({
    photoId,
    fullHash: 'ab'.repeat(32),
    previewHash: 'cd'.repeat(32),
  }));
  const payload = looksSealed(padmeLength(textBytes) + SEAL_BYTES);
  const sealedKey = looksSealed(sealedLengths.wrappedKey);
  const input = { draftId, version, to: '', payload, sealedKey, photos };
  return callProcedure(visitor, { name: 'drafts.save', type: 'mutation' }, input);
}

/** The largest length, up to a bound, that something padded and sealed can have. */
function largestSealed(maxBytes: number): number {
  let length = maxBytes - SEAL_BYTES;
  while (length > 1_024 && padmeLength(length) !== length) length -= 1;
  return length + SEAL_BYTES;
}

/** Uploads one photo that looks sealed, as large as it may be unless it is told. */
export function uploadLargePhoto(
  visitor: Visitor,
  draftId: string,
  photoId: string,
  fullBytes: number = limits.sealedPhotoBytes,
): Promise<Answer> {
  const [full, preview] = [fullBytes, Math.min(fullBytes, limits.sealedPreviewBytes)].map((bytes) =>
    looksSealed(largestSealed(bytes), PHOTO_VERSION),
  );
  if (!full || !preview) throw new Error('no photo');
  const body = encodePhotoUpload({ draftId, photoId, full, preview });
  const headers = { 'content-type': 'application/octet-stream', origin: visitor.url };
  return visitor.ask('/api/trpc/photos.upload', { method: 'POST', headers, body });
}

/** A draft with so many photos as large as they may be. */
export async function largeDraft(visitor: Visitor, photoCount: number): Promise<string> {
  const draftId = newId();
  const photoIds = Array.from({ length: photoCount }, () => newId());
  const answers = [await saveLargeDraft(visitor, { draftId, textBytes: 1_000 })];
  for (const photoId of photoIds) answers.push(await uploadLargePhoto(visitor, draftId, photoId));
  answers.push(await saveLargeDraft(visitor, { draftId, version: 1, photoIds, textBytes: 1_000 }));
  const refused = answers.find(({ status }) => status !== 200);
  if (refused) throw new Error(`the draft was not saved: ${refused.text.slice(0, 300)}`);
  return draftId;
}

import { type Bytes, concatBytes, equalBytes } from '#core/bytes.ts';
import { isPaddedLength, maxSealedContent, PHOTO_VERSION, SUITE } from '#core/crypto/index.ts';
import { decodePhotoUpload } from '#core/photos/photo-upload.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { storePhoto } from './store-photo.ts';

/** Draft and photo id, and the length of the preview. */
const HEAD_BYTES = 28;
/** One upload with a photo as large as it may be. */
const photoUploadMax = HEAD_BYTES + limits.sealedPhotoBytes + limits.sealedPreviewBytes;

/**
 * Keeps one sealed photo, for a draft of one's own. It belongs to the draft once a save names it; until
 * then it is the collector's, after a day. The same photo once more changes nothing, so that an upload can be tried again.
 *
 * @throws {AppError} `not-found` for another's draft or an unknown one; `conflict` when the id is another photo's;
 *   `too-large` for a photo beyond the bounds, one too many for this draft, or one the quota does not hold; `invalid-input` for anything else.
 */
export async function uploadPhoto(deps: Deps, actor: Actor, body: Bytes): Promise<{ photoId: string }> {
  const upload = decodePhotoUpload(body);
  if (!upload) throw notSealed();
  const { draftId: letterId, photoId, full, preview } = upload;
  requireSealed(full, limits.sealedPhotoBytes);
  requireSealed(preview, limits.sealedPreviewBytes);
  if (!(await deps.stores.drafts.find(letterId, actor.userId))) {
    throw new AppError('not-found', 'This draft no longer exists. It may have been sent or deleted.');
  }
  const known = await deps.stores.photos.listIds(letterId, actor.userId, limits.uploadsPerDraft);
  if (known.length >= limits.uploadsPerDraft && !known.includes(photoId)) {
    throw new AppError(
      'too-large',
      'You’ve added too many photos to this draft today. Send it, or start a new draft.',
    );
  }
  const photo = { id: photoId, letterId, authorId: actor.userId, full, preview, createdAt: deps.now() };
  if ((await storePhoto(deps, photo)) === 'exists') {
    const stored = await deps.stores.photos.find(photoId, letterId);
    const same =
      stored?.authorId === actor.userId &&
      equalBytes(stored.full, full) &&
      equalBytes(stored.preview, preview);
    if (!same)
      throw new AppError('conflict', 'Another photo already has this id. Please add the photo again.');
  }
  return { photoId };
}

/**
 * Reads a body, and keeps it as long as it is within bounds. The rest is read as well: a browser that is answered before it
 * has sent everything takes the connection for broken.
 *
 * @throws {AppError} `too-large`
 */
export async function readPhotoUpload(body: Bytes | ReadableStream<Uint8Array>): Promise<Bytes> {
  if (body instanceof Uint8Array) {
    if (body.length > photoUploadMax) throw tooLarge();
    return body;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length <= photoUploadMax) chunks.push(chunk);
  }
  if (length > photoUploadMax) throw tooLarge();
  return concatBytes(...chunks);
}

function requireSealed(bytes: Bytes, maxBytes: number): void {
  if (bytes.length > maxBytes) throw tooLarge();
  if (bytes[0] === SUITE) {
    const message =
      'We’ve updated the site since you opened this page. Save your draft, reload the page and add the photo again.';
    throw new AppError('invalid-input', message);
  }
  if (bytes[0] !== PHOTO_VERSION || !isPaddedLength(bytes.length, maxSealedContent(maxBytes)))
    throw notSealed();
}

function notSealed(): AppError {
  return new AppError('invalid-input', 'This isn’t a sealed photo.');
}

function tooLarge(): AppError {
  return new AppError('too-large', 'This sealed photo is too large.');
}

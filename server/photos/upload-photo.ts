import { type Bytes, concatBytes, equalBytes } from '#core/bytes.ts';
import { isPaddedLength, maxSealedContent, PHOTO_VERSION, SUITE } from '#core/crypto/index.ts';
import { decodePhotoUpload } from '#core/photos/photo-upload.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { storePhoto } from './store-photo.ts';

/** Draft id, photo id, and the length of the preview. */
const HEAD_BYTES = 28;
/** The size of an upload with the largest photo. */
const photoUploadMax = HEAD_BYTES + limits.sealedPhotoBytes + limits.sealedPreviewBytes;

/**
 * Stores one sealed photo for the user's own draft. The next save of the draft claims it; unclaimed
 * photos are deleted after a day. Repeating an upload changes nothing.
 *
 * @throws {AppError} `not-found` for another user's draft or an unknown one; `conflict` when
 *   another photo has the id; `too-large` for a photo over the limits, one too many for this draft,
 *   or a full quota; `invalid-input` otherwise.
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
 * Reads a body and keeps it while it is within bounds. Reads the rest too: a browser that gets an
 * answer before it has sent everything reports a broken connection.
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

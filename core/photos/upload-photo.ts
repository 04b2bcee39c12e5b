import type { Bytes } from '../bytes.ts';
import { hashCiphertext, type PhotoManifestEntry, type PhotoSeal, sealPhoto } from '../crypto/index.ts';
import { inSeconds, MINUTE, SECOND } from '../durations.ts';
import type { LetterAccess } from '../letter-access.ts';
import { refusalOf } from '../refusal.ts';
import { encodePhotoUpload } from './photo-upload.ts';
import type { PreparedPhoto } from './prepared-photo.ts';

export interface PhotoPair {
  full: Bytes;
  preview: Bytes;
}

/** Seals both sizes of a photo under its letter's key. @throws CryptoRefusal `malformed`. */
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

/** `waiting`: offline or the server is busy; the upload is retried. */
export type UploadStage = 'preparing' | 'sealing' | 'sending' | 'waiting';

/** A platform's photo preparation: sharp on the server and in Node, a worker in the browser. */
export interface PhotoPort<File> {
  /** @throws PhotoRefused with a message for the user who chose the file */
  preparePhoto(file: File): Promise<PreparedPhoto>;
  /** Seconds before each retry of an upload; empty if it doesn't go over the network. */
  retryS: readonly number[];
  /** Cancels the work, which then throws the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface UploadedPhoto {
  entry: PhotoManifestEntry;
  seal: PhotoSeal;
  /** Whether an animation became a still picture. */
  standsStill: boolean;
}

/**
 * Prepares a photo, seals it under its draft's key and uploads it. The original file is never sent.
 * @throws PhotoRefused; refusals of `photos.upload`; `fetch` errors after the last retry
 */
export async function uploadPhoto<File>(
  { api }: Pick<LetterAccess, 'api'>,
  { draftId, photoId, key }: { draftId: string; photoId: string; key: Bytes },
  file: File,
  { preparePhoto, retryS, signal }: PhotoPort<File>,
  onStage: (stage: UploadStage, standsStill: boolean) => void = () => undefined,
): Promise<UploadedPhoto> {
  onStage('preparing', false);
  const { full, preview, width, height, mediaType, standsStill } = await preparePhoto(file);
  signal?.throwIfAborted();
  onStage('sealing', standsStill);
  const sealed = await sealPhotoPair(key, { letterId: draftId, photoId }, { full, preview });
  const upload = encodePhotoUpload({ draftId, photoId, full: sealed.full, preview: sealed.preview });
  for (const pauseS of [...retryS, null]) {
    signal?.throwIfAborted();
    onStage('sending', standsStill);
    try {
      await api.photos.upload.mutate(upload, { signal });
      break;
    } catch (error) {
      signal?.throwIfAborted();
      if (pauseS === null || !mayComeThrough(error)) throw error;
      onStage('waiting', standsStill);
      await pause(Math.max(pauseS, refusalOf(error)?.retryAfterS ?? 0) * SECOND, signal);
    }
  }
  return { entry: { photoId, caption: '', width, height, mediaType }, seal: sealed.seal, standsStill };
}

const LONGEST_WAIT_S = inSeconds(MINUTE);

/**
 * Tells whether a retry may help: offline, or a busy server. Uploading a photo twice stores it
 * once.
 */
function mayComeThrough(error: unknown): boolean {
  const { code = 'unavailable', retryAfterS = 0 } = refusalOf(error) ?? {};
  if (retryAfterS > LONGEST_WAIT_S) return false;
  return code === 'unavailable' || code === 'too-many-requests' || code === 'internal';
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

import type { HeicDecoder } from '#core/photos/decode-photo.ts';
import { PhotoRefused } from '#core/photos/inspect-photo.ts';
import { openLetterPhoto } from '#core/photos/open-letter-photo.ts';
import { packParcel } from '#core/photos/photo-parcel.ts';
import { preparePhoto } from '#core/photos/prepare-photo.ts';
import { sealPhotoPair } from '#core/photos/seal-photo-pair.ts';
import { isCryptoRefusal } from '../keys/crypto.ts';
import type {
  PhotoAnswer,
  PhotoRequest,
  PhotoToOpen,
  PhotoTrouble,
  UploadedPhoto,
} from './photo-messages.ts';
import { UploadFailed, UploadRefused, uploadParcel } from './upload-parcel.ts';

/*
 * Everything that is done with the pixels and bytes of photos, away from the page: it stays at hand meanwhile. Photos are
 * prepared one after the other, because each takes as much memory as it has pixels.
 */

const answer = (message: PhotoAnswer) => postMessage(message);
let queue: Promise<unknown> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<PhotoRequest>) => {
  if (data.ask === 'alive') answer({ alive: true });
  else if (data.ask === 'upload') queue = queue.then(() => report(data.id, upload(data)));
  else void report(data.id, open(data.photo));
});

async function report(id: number, work: Promise<UploadedPhoto | Blob>): Promise<void> {
  try {
    const result = await work;
    answer(result instanceof Blob ? { id, opened: result } : { id, uploaded: result });
  } catch (error) {
    answer({ id, trouble: troubleOf(error) });
  }
}

/** Loaded for the first such photo, where the browser has no decoder of its own. */
const decodeHeic: HeicDecoder = async (bytes, photo) =>
  (await import('./decode-heic.ts')).decodeHeic(bytes, photo);

async function upload(request: Extract<PhotoRequest, { ask: 'upload' }>): Promise<UploadedPhoto> {
  const { id, file, draftId, photoId, key } = request;
  answer({ id, stage: 'preparing' });
  const prepared = await preparePhoto(file, decodeHeic);
  const { full, preview, width, height, mediaType, standsStill } = prepared;
  answer({ id, stage: 'sealing' });
  const sealed = await sealPhotoPair(key, { letterId: draftId, photoId }, { full, preview });
  const parcel = packParcel({ draftId, photoId, full: sealed.full, preview: sealed.preview });
  answer({ id, stage: 'sending' });
  await uploadParcel(parcel, () => answer({ id, stage: 'waiting' }));
  return { entry: { photoId, caption: '', width, height, mediaType }, seal: sealed.seal, standsStill };
}

async function open({ url, key, place, expectedHash }: PhotoToOpen): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new UploadRefused(response.status, 'This photo is not here.');
  const sealed = new Uint8Array(await response.arrayBuffer());
  const picture = await openLetterPhoto(key, place, sealed, expectedHash);
  return new Blob([picture], { type: place.photo.mediaType });
}

function troubleOf(error: unknown): PhotoTrouble {
  if (error instanceof PhotoRefused) return { what: 'refused', message: error.message };
  if (error instanceof UploadRefused && error.status === 401)
    return { what: 'logged-out', message: error.message };
  if (error instanceof UploadRefused) return { what: 'refused', message: error.message };
  if (isCryptoRefusal(error)) return { what: 'damaged', message: 'This photo is damaged.' };
  const network = error instanceof UploadFailed || error instanceof TypeError;
  const message = network
    ? 'The network is away. It stays chosen: try again when the network is back.'
    : 'Something went wrong with this photo. Try it once more.';
  return { what: 'failed', message };
}

import type { HeicDecoder } from '#core/photos/decode-photo.ts';
import { openLetterPhoto } from '#core/photos/open-letter-photo.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import { preparePhoto } from '#core/photos/prepare-photo.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { isCryptoRefusal } from '../keys/crypto.ts';
import { PhotoError } from './photo-error.ts';
import type { PhotoAnswer, PhotoRequest, PhotoToOpen, PhotoTrouble } from './photo-messages.ts';

/*
 * Processes the pixels and bytes of photos in a worker, so that the page stays responsive. Photos
 * are prepared one at a time, because each takes as much memory as it has pixels.
 */

const answer = (message: PhotoAnswer) => postMessage(message);
let queue: Promise<unknown> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<PhotoRequest>) => {
  if (data.ask === 'alive') answer({ alive: true });
  else if (data.ask === 'prepare')
    queue = queue.then(() => report(data.id, preparePhoto(data.file, decodeHeic)));
  else void report(data.id, open(data.photo));
});

async function report(id: number, work: Promise<PreparedPhoto | Blob>): Promise<void> {
  try {
    const result = await work;
    answer(result instanceof Blob ? { id, opened: result } : { id, prepared: result });
  } catch (error) {
    answer({ id, trouble: troubleOf(error) });
  }
}

/** Loads the decoder with the first HEIC photo, where the browser has none of its own. */
const decodeHeic: HeicDecoder = async (bytes, photo) =>
  (await import('./decode-heic.ts')).decodeHeic(bytes, photo);

async function open({ url, key, place, expectedHash }: PhotoToOpen): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new PhotoError({ what: 'failed', message: 'This photo isn’t here.' });
  const sealed = new Uint8Array(await response.arrayBuffer());
  const picture = await openLetterPhoto(key, place, sealed, expectedHash);
  return new Blob([picture], { type: place.photo.mediaType });
}

function troubleOf(error: unknown): PhotoTrouble {
  if (error instanceof PhotoError) return error.trouble;
  if (error instanceof PhotoRefused) return { what: 'refused', message: error.message };
  if (isCryptoRefusal(error)) return { what: 'damaged', message: 'This photo is damaged.' };
  const message = 'Something went wrong with this photo. Please try again.';
  return { what: 'failed', message };
}

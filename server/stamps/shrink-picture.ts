import type { Bytes } from '#core/bytes.ts';
import { type InspectedPhoto, inspectPhoto } from '#core/photos/inspect-photo.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import { AppError } from '../errors.ts';
import { createSemaphore } from '../memory/semaphore.ts';
import { PainterRefused, PainterUnavailable } from './stamp-painter.ts';

/** Both sides, in px. */
const SIDE = 512;
const PIXELS_MAX = 4096 * 4096;
const TIMEOUT_S = 10;

/** One at a time: a worker runs several jobs at once, and none of them is urgent. */
const pass = createSemaphore({ capacity: 1, maxWaiting: 20 });

/**
 * Turns a painter's file into a stamp's picture: a square, opaque WebP of 512 px without metadata.
 * Checks type and size before decoding a pixel.
 *
 * @throws {PainterRefused} `not-a-picture` or `too-large`
 * @throws {PainterUnavailable} `busy`
 */
export async function shrinkPicture(bytes: Bytes): Promise<Bytes> {
  const { width, height, format } = check(bytes);
  if (format === 'heic') throw new PainterRefused('not-a-picture');
  if (width * height > PIXELS_MAX) throw new PainterRefused('too-large');
  try {
    return await pass(1, () => shrink(bytes));
  } catch (error) {
    if (error instanceof AppError) throw new PainterUnavailable('busy');
    throw new PainterRefused('not-a-picture');
  }
}

function check(bytes: Bytes): InspectedPhoto {
  try {
    return inspectPhoto(bytes);
  } catch (error) {
    if (!(error instanceof PhotoRefused)) throw error;
    throw new PainterRefused(error.code === 'too-large' ? 'too-large' : 'not-a-picture');
  }
}

async function shrink(bytes: Bytes): Promise<Bytes> {
  // Loaded for the first picture: most servers never have one.
  const [{ default: sharp }, { guardDecoders }] = await Promise.all([
    import('sharp'),
    import('#imaging/guard-decoders.ts'),
  ]);
  guardDecoders();
  const picture = await sharp(bytes, { limitInputPixels: PIXELS_MAX, sequentialRead: true })
    .timeout({ seconds: TIMEOUT_S })
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'cover' })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .webp({ quality: 82 })
    .toBuffer();
  return new Uint8Array(picture);
}

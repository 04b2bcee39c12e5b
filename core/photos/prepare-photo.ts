import type { Bytes } from '../bytes.ts';
import { maxSealedContent } from '../crypto/index.ts';
import { limits } from '../schemas/limits.ts';
import { type Decoded, decodePhoto, type HeicDecoder } from './decode-photo.ts';
import { inspectPhoto, PhotoRefused } from './inspect-photo.ts';
import { paperBehind } from './paper-behind.ts';
import { tooManyBytesText } from './photo-advice.ts';
import type { PreparedPhoto } from './prepared-photo.ts';
import type { Dimensions } from './read-dimensions.ts';
import { targetSize } from './target-size.ts';

/** As the server has them (docs/decisions/005-photo-format.md); lower when a picture is too large at the first. */
const qualities = [0.82, 0.7, 0.5];
/** Screenshots and drawings keep their sharp coloured edges: from here on, browsers keep colours in full resolution. */
const DRAWING_QUALITY = 0.9;

/**
 * Decodes a photo, turns it upright, shrinks it to its two sizes and encodes it anew, which leaves everything else in the
 * file behind: places, times, the camera's notes. Runs in a worker of a browser.
 *
 * @param decodeHeic for browsers that don't open HEIC themselves; without it such a photo is refused there
 * @throws PhotoRefused
 */
export async function preparePhoto(file: Blob, decodeHeic?: HeicDecoder): Promise<PreparedPhoto> {
  if (file.size > limits.photoBytes) throw new PhotoRefused(tooManyBytesText, 'too-large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const photo = inspectPhoto(bytes);
  const decoded = await decodePhoto(bytes, photo, decodeHeic);
  const isDrawing = photo.format === 'png' || photo.format === 'gif';
  try {
    const size = targetSize(decoded, 'full');
    const canvas = draw(decoded.picture, size);
    putOnPaper(canvas);
    const [best, ...lower] = qualities as [number, number, number];
    const full = await encode(canvas, limits.sealedPhotoBytes, [
      isDrawing ? DRAWING_QUALITY : best,
      ...lower,
    ]);
    const small = draw(canvas, targetSize(size, 'preview'));
    const preview = await encode(small, limits.sealedPreviewBytes, qualities);
    return { ...size, full, preview, mediaType: 'image/jpeg', standsStill: photo.frames > 1 };
  } finally {
    (decoded satisfies Decoded).close();
  }
}

function draw(picture: CanvasImageSource, { width, height }: Dimensions): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new PhotoRefused('This browser has no memory left for this photo. Try it by itself.');
  return context;
}

/** What can be seen through would be black in a JPEG, and in a letter it would be as dark as the reader's paper. */
function putOnPaper(canvas: OffscreenCanvas): void {
  const context = contextOf(canvas);
  const paper = paperBehind(context.getImageData(0, 0, canvas.width, canvas.height).data);
  if (!paper) return;
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = `rgb(${paper.join(' ')})`;
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** Encodes so that it is within so many bytes when sealed. */
async function encode(canvas: OffscreenCanvas, maxSealed: number, tried: readonly number[]): Promise<Bytes> {
  for (const quality of tried) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= maxSealedContent(maxSealed)) return new Uint8Array(await blob.arrayBuffer());
  }
  throw new PhotoRefused(
    'This photo has too many details for a letter, even shrunk. Please add a part of it, or a smaller copy.',
    'too-large',
  );
}

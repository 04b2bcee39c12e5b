import type { Bytes } from '../bytes.ts';
import { maxSealedContent } from '../crypto/index.ts';
import { limits } from '../schemas/limits.ts';
import { animatePhoto } from './animate-photo.ts';
import { createCanvas, toCss } from './canvas.ts';
import { type Decoded, decodePhoto, type HeicDecoder } from './decode-photo.ts';
import { inspectPhoto } from './inspect-photo.ts';
import { paperBehind } from './paper-behind.ts';
import { tooManyBytesText } from './photo-advice.ts';
import { PhotoRefused } from './photo-refused.ts';
import type { PreparedPhoto } from './prepared-photo.ts';
import { type Dimensions, targetSize } from './target-size.ts';

/**
 * The server's qualities (docs/decisions/005-photo-format.md); the lower ones are for pictures that
 * are too large at the first.
 */
const qualities = [0.82, 0.7, 0.5];
/**
 * Keeps sharp coloured edges in screenshots and drawings: from this quality on, browsers don't
 * subsample colours.
 */
const DRAWING_QUALITY = 0.9;

/**
 * Decodes a photo, turns it upright, shrinks it to its two sizes and re-encodes it, which drops
 * everything else in the file: places, times, camera notes. Runs in a browser's worker.
 * @param decodeHeic for browsers that can't open HEIC; without it, they refuse such a photo
 * @throws PhotoRefused
 */
export async function preparePhoto(file: Blob, decodeHeic?: HeicDecoder): Promise<PreparedPhoto> {
  if (file.size > limits.photoBytes) throw new PhotoRefused(tooManyBytesText, 'too-large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const photo = inspectPhoto(bytes);
  const moving = await animatePhoto(bytes, photo);
  if (moving) return moving;
  const decoded = await decodePhoto(bytes, photo, decodeHeic);
  const isDrawing = photo.format === 'png' || photo.format === 'gif';
  try {
    const size = targetSize(decoded, 'full');
    const canvas = drawOnPaper(decoded.picture, size);
    const [best, ...lower] = qualities as [number, number, number];
    const full = await encode(canvas, limits.sealedPhotoBytes, [
      isDrawing ? DRAWING_QUALITY : best,
      ...lower,
    ]);
    const small = drawOnPaper(canvas, targetSize(size, 'preview'));
    const preview = await encode(small, limits.sealedPreviewBytes, qualities);
    return { ...size, full, preview, mediaType: 'image/jpeg', standsStill: photo.frames > 1 };
  } finally {
    (decoded satisfies Decoded).close();
  }
}

/** Draws transparent pictures on paper: in a JPEG, transparent pixels would be black. */
function drawOnPaper(picture: CanvasImageSource, size: Dimensions): OffscreenCanvas {
  const { width, height } = size;
  const { canvas, context } = createCanvas(size);
  context.drawImage(picture, 0, 0, width, height);
  const paper = paperBehind(context.getImageData(0, 0, width, height).data);
  if (paper) {
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = toCss(paper);
    context.fillRect(0, 0, width, height);
  }
  return canvas;
}

async function encode(canvas: OffscreenCanvas, maxSealed: number, tried: readonly number[]): Promise<Bytes> {
  for (const quality of tried) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= maxSealedContent(maxSealed)) return new Uint8Array(await blob.arrayBuffer());
  }
  throw new PhotoRefused(
    'This photo has too much detail for a letter, even when shrunk. Please crop it, or add a smaller copy.',
    'too-large',
  );
}

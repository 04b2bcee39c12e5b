import type { Bytes } from '../bytes.ts';
import { maxSealedContent } from '../crypto/index.ts';
import { limits } from '../schemas/limits.ts';
import { damagedPhotoText, refusalOfKind, tooManyBytesText, tooManyPixelsText } from './photo-advice.ts';
import { type Dimensions, readDimensions } from './read-dimensions.ts';
import { type PhotoKind, sniffPhoto } from './sniff-photo.ts';

/** A photo as letters carry it: upright, without any word of the camera. Width and height in px of `full`. */
export interface PreparedPhoto extends Dimensions {
  standsStill: boolean;
  full: Bytes;
  preview: Bytes;
  mediaType: string;
}

/** The file cannot be taken; the message is a sentence for whoever chose it. */
export class PhotoRefused extends Error {
  override readonly name = 'PhotoRefused';
}

/** As the server has them (docs/decisions/005-photo-format.md); lower when a picture is too large at the first. */
const qualities = [0.82, 0.7, 0.5];

/**
 * Decodes a photo, turns it upright, shrinks it to its two sizes and encodes it anew, which leaves everything else in the
 * file behind: places, times, the camera's notes. Runs in a worker.
 * @throws PhotoRefused
 */
export async function preparePhoto(file: Blob): Promise<PreparedPhoto> {
  if (file.size > limits.photoBytes) throw new PhotoRefused(tooManyBytesText);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = sniffPhoto(bytes);
  // A browser of Apple's opens HEIC; elsewhere the advice helps more than the decoder's error.
  const refusal = refusalOfKind(kind);
  if (refusal && kind !== 'heic') throw new PhotoRefused(refusal);
  requirePixels(readDimensions(bytes, kind));
  const picture = await decode(new Blob([bytes], { type: file.type }), kind);
  try {
    requirePixels(picture);
    const fullSize = fitInto(picture, limits.photoSide);
    const canvas = draw(picture, fullSize);
    const transparent = kind !== 'jpeg' && isTransparent(canvas, fullSize);
    const full = await encode(canvas, transparent, maxSealedContent(limits.sealedPhotoBytes));
    const small = draw(canvas, fitInto(fullSize, limits.photoPreviewSide));
    const preview = await encode(
      small,
      transparent,
      maxSealedContent(limits.sealedPreviewBytes),
      full.mediaType,
    );
    return {
      ...fullSize,
      full: full.bytes,
      preview: preview.bytes,
      mediaType: full.mediaType,
      standsStill: false,
    };
  } finally {
    picture.close();
  }
}

async function decode(file: Blob, kind: PhotoKind): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    if (kind === 'avif') {
      throw new PhotoRefused('This browser cannot open this AVIF photo. Export it as JPEG and add it again.');
    }
    throw new PhotoRefused(refusalOfKind(kind) ?? damagedPhotoText);
  }
}

function requirePixels(size: Dimensions | null): void {
  if (size && size.width * size.height > limits.photoPixels) {
    throw new PhotoRefused(tooManyPixelsText({ width: size.width, height: size.height }));
  }
}

/** The same shape with its longer side at most `side` px; never larger than it is. */
function fitInto({ width, height }: Dimensions, side: number): Dimensions {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
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

/** Many screenshots have an alpha channel and nothing to see through: they are photos like any other. */
function isTransparent(canvas: OffscreenCanvas, { width, height }: Dimensions): boolean {
  const { data } = contextOf(canvas).getImageData(0, 0, width, height);
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) return true;
  }
  return false;
}

/** What can be seen through would be black in a JPEG. */
function putOnWhite(canvas: OffscreenCanvas): void {
  const context = contextOf(canvas);
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** Encodes within so many bytes. A browser that cannot write WebP makes a PNG instead, or a JPEG when that is too large. */
async function encode(
  canvas: OffscreenCanvas,
  transparent: boolean,
  maxBytes: number,
  wanted = transparent ? 'image/webp' : 'image/jpeg',
): Promise<{ bytes: Bytes; mediaType: string }> {
  for (const type of new Set([wanted, 'image/jpeg'])) {
    if (type === 'image/jpeg') putOnWhite(canvas);
    for (const quality of qualities) {
      const blob = await canvas.convertToBlob({ type, quality });
      if (blob.size <= maxBytes) {
        return { bytes: new Uint8Array(await blob.arrayBuffer()), mediaType: blob.type };
      }
    }
  }
  throw new PhotoRefused(
    'This photo does not get small enough for a letter. Please choose another copy of it.',
  );
}

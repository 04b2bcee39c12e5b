import type { Bytes } from '../bytes.ts';
import { maxSealedContent } from '../crypto/index.ts';
import { limits } from '../schemas/limits.ts';
import { createCanvas, toCss } from './canvas.ts';
import { openFrames, sampleFrame } from './decode-frames.ts';
import type { InspectedPhoto } from './inspect-photo.ts';
import { joinWebpFrames, type WebpFrame } from './join-webp-frames.ts';
import { paperBehind } from './paper-behind.ts';
import type { PreparedPhoto } from './prepared-photo.ts';
import { type Dimensions, isSmallAnimation, targetSize } from './target-size.ts';

const qualities = [0.82, 0.5];
/** Duration of a frame that states none. */
const USUAL_MILLISECONDS = 100;

interface Animation extends Dimensions {
  decoder: ImageDecoder;
  frames: number;
  plays: number;
  paper: string;
}

/**
 * Re-encodes all frames of a small animation with their durations. Runs in a browser's worker.
 * @returns null for one that becomes a still picture: it is too large, or this browser can't split
 *   it or write WebP
 */
export async function animatePhoto(bytes: Bytes, photo: InspectedPhoto): Promise<PreparedPhoto | null> {
  if (!isSmallAnimation(photo)) return null;
  const decoder = await openFrames(bytes, photo);
  if (!decoder) return null;
  try {
    const animation = await lookThrough(decoder, photo);
    if (!animation) return null;
    const size = targetSize(animation, 'full');
    const full = await write(animation, size, limits.sealedPhotoBytes);
    const preview = full && (await write(animation, targetSize(size, 'preview'), limits.sealedPreviewBytes));
    return full && preview && { full, preview, ...size, mediaType: 'image/webp', standsStill: false };
  } catch {
    // A later frame may be damaged; the still frame may be good.
    return null;
  } finally {
    decoder.close();
  }
}

async function lookThrough(decoder: ImageDecoder, photo: InspectedPhoto): Promise<Animation | null> {
  await Promise.all([decoder.tracks.ready, decoder.completed]);
  const track = decoder.tracks.selectedTrack;
  if (!track) return null;
  const { frameCount: frames, repetitionCount } = track;
  let size: Dimensions | null = null;
  const samples: number[] = [];
  for (let frameIndex = 0; frameIndex < frames; frameIndex++) {
    const { image } = await decoder.decode({ frameIndex });
    size ??= { width: image.displayWidth, height: image.displayHeight };
    const fits = isSmallAnimation({ ...photo, ...size, frames });
    if (fits) samples.push(...sampleFrame(image));
    image.close();
    if (!fits) return null;
  }
  if (!size) return null;
  const paper = toCss(paperBehind(Uint8Array.from(samples)) ?? [255, 255, 255]);
  return {
    ...size,
    decoder,
    frames,
    plays: Number.isFinite(repetitionCount) ? repetitionCount + 1 : 0,
    paper,
  };
}

async function write(animation: Animation, size: Dimensions, maxSealed: number): Promise<Bytes | null> {
  for (const quality of qualities) {
    const frames = await encodeFrames(animation, size, quality, maxSealedContent(maxSealed));
    if (!frames) continue;
    const joined = joinWebpFrames(frames, size, animation.plays);
    if (joined.length <= maxSealedContent(maxSealed)) return joined;
  }
  return null;
}

async function encodeFrames(
  { decoder, frames, paper }: Animation,
  size: Dimensions,
  quality: number,
  maxBytes: number,
): Promise<WebpFrame[] | null> {
  const { canvas, context } = createCanvas(size);
  const encoded: WebpFrame[] = [];
  let bytes = 0;
  for (let frameIndex = 0; frameIndex < frames; frameIndex++) {
    const { image } = await decoder.decode({ frameIndex });
    context.fillStyle = paper;
    context.fillRect(0, 0, size.width, size.height);
    context.drawImage(image, 0, 0, size.width, size.height);
    const milliseconds = image.duration === null ? USUAL_MILLISECONDS : image.duration / 1_000;
    image.close();
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
    bytes += blob.size;
    if (blob.type !== 'image/webp' || bytes > maxBytes) return null;
    encoded.push({ webp: new Uint8Array(await blob.arrayBuffer()), milliseconds });
  }
  return encoded;
}

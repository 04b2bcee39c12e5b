import type { Bytes } from '../bytes.ts';
import { createCanvas } from './canvas.ts';
import type { InspectedPhoto } from './inspect-photo.ts';

/** The number of frames searched for one that isn't empty. */
const STILLS_TRIED = 10;
/** The spread of shades, of 255, from which a frame isn't empty. */
const SOMETHING = 12;
const SAMPLE_SIDE = 32;

/** Opens an animation, to read its frames complete and one by one. Null if the browser can't. */
export async function openFrames(bytes: Bytes, { format }: InspectedPhoto): Promise<ImageDecoder | null> {
  if (typeof ImageDecoder === 'undefined') return null;
  const type = `image/${format}`;
  return (await ImageDecoder.isTypeSupported(type)) ? new ImageDecoder({ data: bytes, type }) : null;
}

/** Draws a frame at a very small size. @returns RGBA, 8 bits each */
export function sampleFrame(frame: VideoFrame, paper?: string): Uint8ClampedArray {
  const { context } = createCanvas({ width: SAMPLE_SIDE, height: SAMPLE_SIDE });
  if (paper) {
    context.fillStyle = paper;
    context.fillRect(0, 0, SAMPLE_SIDE, SAMPLE_SIDE);
  }
  context.drawImage(frame, 0, 0, SAMPLE_SIDE, SAMPLE_SIDE);
  return context.getImageData(0, 0, SAMPLE_SIDE, SAMPLE_SIDE).data;
}

/**
 * Finds the first frame that isn't empty: many animations begin with an empty one. Null if the
 * browser can't read frames; then the first one is used.
 */
export async function pickStillFrame(bytes: Bytes, photo: InspectedPhoto): Promise<VideoFrame | null> {
  const decoder = await openFrames(bytes, photo);
  if (!decoder) return null;
  let first: VideoFrame | null = null;
  try {
    for (let frameIndex = 0; frameIndex < Math.min(photo.frames, STILLS_TRIED); frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      if (hasSomething(image)) {
        first?.close();
        return image;
      }
      if (first) image.close();
      else first = image;
    }
  } catch {
    // Everything decodable was searched.
  } finally {
    decoder.close();
  }
  return first;
}

function hasSomething(frame: VideoFrame): boolean {
  const sample = sampleFrame(frame, 'white');
  return [0, 1, 2].some((channel) => {
    const shades = sample.filter((_, at) => at % 4 === channel);
    return Math.max(...shades) - Math.min(...shades) > SOMETHING;
  });
}

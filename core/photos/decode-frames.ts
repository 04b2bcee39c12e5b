import type { Bytes } from '../bytes.ts';
import { createCanvas } from './canvas.ts';
import type { InspectedPhoto } from './inspect-photo.ts';

/** Frames of an animation among which one with something on it is looked for. */
const STILLS_TRIED = 10;
/** How far the shades of a frame's pixels are apart, of 255, when there is something on it. */
const SOMETHING = 12;
const SAMPLE_SIDE = 32;

/** What hands out the frames of an animation one by one, complete as they are shown. Null where the browser has no such thing. */
export async function openFrames(bytes: Bytes, { format }: InspectedPhoto): Promise<ImageDecoder | null> {
  if (typeof ImageDecoder === 'undefined') return null;
  const type = `image/${format}`;
  return (await ImageDecoder.isTypeSupported(type)) ? new ImageDecoder({ data: bytes, type }) : null;
}

/** A frame at a very small size. @returns RGBA, 8 bits each */
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
 * The first frame with something on it: many animations begin with nothing. Null where the browser hands out no frames: then
 * the first one is taken.
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
    // What can be decoded of it has been looked at.
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

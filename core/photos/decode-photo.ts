import { type Bytes, concatBytes } from '../bytes.ts';
import { type InspectedPhoto, PhotoRefused } from './inspect-photo.ts';
import { damagedPhotoText } from './photo-advice.ts';
import type { Dimensions } from './read-dimensions.ts';

/** Decodes a HEIC photo, upright, with the colours it has. @throws for one that is damaged */
export type HeicDecoder = (bytes: Bytes, photo: InspectedPhoto) => Promise<ImageData>;

/** A picture to be drawn, upright, in px; `close` frees its memory. */
export interface Decoded extends Dimensions {
  picture: CanvasImageSource;
  close(): void;
}

const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);
/** Frames of an animation among which one with something on it is looked for. */
const STILLS_TRIED = 10;
/** How far the shades of a frame's pixels are apart, of 255, when there is something on it. */
const SOMETHING = 12;
const SAMPLE_SIDE = 32;
/** Side of the smallest part of a JPEG, in px. */
const CORNER = 8;

/** Decodes a photo in a browser, upright; of an animation a good frame. @throws PhotoRefused */
export async function decodePhoto(
  bytes: Bytes,
  photo: InspectedPhoto,
  decodeHeic?: HeicDecoder,
): Promise<Decoded> {
  const still = photo.frames > 1 ? await pickStillFrame(bytes, photo) : null;
  if (still) return still;
  // Many programs leave out the end marker of a complete picture; not every browser opens it then.
  const isCutJpeg = photo.format === 'jpeg' && photo.isCut;
  const whole = isCutJpeg ? concatBytes(bytes, END_OF_JPEG) : bytes;
  const file = new Blob([whole], { type: `image/${photo.format}` });
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (cause) {
    bitmap = await decodeOtherwise(bytes, photo, decodeHeic, cause);
  }
  if (isCutJpeg && endsInGrey(bitmap, photo.orientation)) {
    bitmap.close();
    throw new PhotoRefused(damagedPhotoText);
  }
  return { picture: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() };
}

/** What the browser's own decoder refused. */
async function decodeOtherwise(
  bytes: Bytes,
  photo: InspectedPhoto,
  decodeHeic: HeicDecoder | undefined,
  cause: unknown,
): Promise<ImageBitmap> {
  try {
    if (photo.format === 'heic' && decodeHeic) return await createImageBitmap(await decodeHeic(bytes, photo));
  } catch (error) {
    throw Object.assign(new PhotoRefused(damagedPhotoText), { cause: error });
  }
  throw Object.assign(new PhotoRefused(adviceFor(photo)), { cause });
}

/** A decoder that gives up does not say why; of a good file in a kind it may not know, or of a very large one, it can be told. */
function adviceFor({ format, width, height }: InspectedPhoto): string {
  if (format === 'heic' || format === 'avif') {
    return `This browser can’t open ${format.toUpperCase()} photos. Export it as JPEG and add that copy.`;
  }
  if (width * height > 50_000_000) {
    return `This device doesn’t have the memory for so large a photo (${width} × ${height}). Please add a smaller copy.`;
  }
  return damagedPhotoText;
}

/**
 * Whether a JPEG without its end marker lacks more than that: decoders fill what is missing with the grey of 128, up to the last
 * corner of the picture as it is stored.
 */
function endsInGrey(bitmap: ImageBitmap, orientation: number): boolean {
  const { width, height } = bitmap;
  const [wide, high] = [Math.min(CORNER, width), Math.min(CORNER, height)];
  // Where that corner is once the picture is upright, by EXIF's numbers.
  const [isRight, isBottom] = [[0, 1].includes(orientation % 4), [1, 2].includes(orientation % 4)];
  const context = new OffscreenCanvas(wide, high).getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, isRight ? wide - width : 0, isBottom ? high - height : 0);
  const shades = context?.getImageData(0, 0, wide, high).data ?? [];
  return shades.every((shade, at) => at % 4 === 3 || Math.abs(shade - 128) <= 1);
}

/**
 * The first frame with something on it: many animations begin with nothing. Null where the browser hands out no frames: then
 * the first one is taken.
 */
async function pickStillFrame(bytes: Bytes, { format, frames }: InspectedPhoto): Promise<Decoded | null> {
  if (typeof ImageDecoder === 'undefined') return null;
  const type = `image/${format}`;
  if (!(await ImageDecoder.isTypeSupported(type))) return null;
  const decoder = new ImageDecoder({ data: bytes, type });
  try {
    let first: VideoFrame | null = null;
    for (let frameIndex = 0; frameIndex < Math.min(frames, STILLS_TRIED); frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      if (hasSomething(image)) {
        first?.close();
        return fromFrame(image);
      }
      if (first) image.close();
      else first = image;
    }
    return first && fromFrame(first);
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

function fromFrame(frame: VideoFrame): Decoded {
  const { displayWidth: width, displayHeight: height } = frame;
  return { picture: frame, width, height, close: () => frame.close() };
}

function hasSomething(frame: VideoFrame): boolean {
  const context = new OffscreenCanvas(SAMPLE_SIDE, SAMPLE_SIDE).getContext('2d', {
    willReadFrequently: true,
  });
  if (!context) return true;
  context.fillStyle = 'white';
  context.fillRect(0, 0, SAMPLE_SIDE, SAMPLE_SIDE);
  context.drawImage(frame, 0, 0, SAMPLE_SIDE, SAMPLE_SIDE);
  const { data } = context.getImageData(0, 0, SAMPLE_SIDE, SAMPLE_SIDE);
  return [0, 1, 2].some((channel) => {
    const shades = data.filter((_, at) => at % 4 === channel);
    return Math.max(...shades) - Math.min(...shades) > SOMETHING;
  });
}

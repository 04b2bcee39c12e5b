import { type Bytes, concatBytes } from '../bytes.ts';
import { createCanvas } from './canvas.ts';
import { pickStillFrame } from './decode-frames.ts';
import type { InspectedPhoto } from './inspect-photo.ts';
import { damagedPhotoText } from './photo-advice.ts';
import { PhotoRefused } from './photo-refused.ts';
import type { Dimensions } from './target-size.ts';

/** Decodes a HEIC photo, upright, in its own colours. @throws if it is damaged */
export type HeicDecoder = (bytes: Bytes, photo: InspectedPhoto) => Promise<ImageData>;

/** A decoded picture, upright, in px; `close` frees its memory. */
export interface Decoded extends Dimensions {
  picture: CanvasImageSource;
  close(): void;
}

const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);
const CORNER = 8;

/**
 * Decodes a photo in a browser, upright. Of an animation, decodes a frame that isn't empty.
 * @throws PhotoRefused
 */
export async function decodePhoto(
  bytes: Bytes,
  photo: InspectedPhoto,
  decodeHeic?: HeicDecoder,
): Promise<Decoded> {
  const still = photo.frames > 1 ? await pickStillFrame(bytes, photo) : null;
  if (still) {
    const { displayWidth: width, displayHeight: height } = still;
    return { picture: still, width, height, close: () => still.close() };
  }
  // Many programs omit the end marker of a complete picture, and some browsers then refuse it.
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

/**
 * Guesses why a decoder failed, since it doesn't say: an unsupported format, a very large photo, or
 * damage.
 */
function adviceFor({ format, width, height }: InspectedPhoto): string {
  if (format === 'heic' || format === 'avif') {
    return `This browser can’t open ${format.toUpperCase()} photos. Save it as a JPEG and add that copy.`;
  }
  if (width * height > 50_000_000) {
    return `Your device doesn’t have enough memory for a photo this large (${width} × ${height}). Please add a smaller copy.`;
  }
  return damagedPhotoText;
}

/**
 * Tells whether a JPEG without end marker is also missing pixels: decoders fill those with the grey
 * of 128, up to the last corner of the stored picture.
 */
function endsInGrey(bitmap: ImageBitmap, orientation: number): boolean {
  const { width, height } = bitmap;
  const [wide, high] = [Math.min(CORNER, width), Math.min(CORNER, height)];
  // That corner's position in the upright picture, by EXIF orientation.
  const [isRight, isBottom] = [[0, 1].includes(orientation % 4), [1, 2].includes(orientation % 4)];
  const { context } = createCanvas({ width: wide, height: high });
  context.drawImage(bitmap, isRight ? wide - width : 0, isBottom ? high - height : 0);
  const shades = context.getImageData(0, 0, wide, high).data;
  return shades.every((shade, at) => at % 4 === 3 || Math.abs(shade - 128) <= 1);
}

import sharp from 'sharp';
import type { Bytes } from '#core/bytes.ts';
import { maxSealedContent } from '#core/crypto/sealed-lengths.ts';
import { type InspectedPhoto, inspectPhoto } from '#core/photos/inspect-photo.ts';
import { paperBehind } from '#core/photos/paper-behind.ts';
import { damagedPhotoText } from '#core/photos/photo-advice.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { targetSize } from '#core/photos/target-size.ts';
import { limits } from '#core/schemas/limits.ts';
import { toSrgb } from './convert-colours.ts';
import { type Decoder, decodeShrunk, type Pixels } from './decode-shrunk.ts';
import { missingPackageOf } from './missing-package.ts';
import { animate, pickStillFrame } from './moving-pictures.ts';

/**
 * Chosen by measuring (docs/decisions/005); the lower ones are for pictures that are too large at
 * the first.
 */
const qualities = [82, 70, 50];
/** Keep sharp coloured edges. */
const drawings = new Set(['png', 'gif']);

sharp.cache(false);

/**
 * Decodes a photo, turns it upright, converts it to sRGB, shrinks it to its two sizes and
 * re-encodes it, which drops everything else in the file. Used by the server, in a separate
 * process, and by the Node client.
 * @throws PhotoRefused for an unusable file, with a message for the user who chose it
 */
export async function preparePhoto(bytes: Bytes, decodeHeic?: Decoder): Promise<PreparedPhoto> {
  const photo = inspectPhoto(bytes);
  try {
    const moving = await animate(bytes, photo);
    if (moving) return moving;
    const frame = await pickStillFrame(bytes, photo);
    const pixels = await decodeShrunk(bytes, photo, { frame, decodeHeic });
    if (photo.colours) toSrgb(pixels, photo.colours);
    return { ...(await encodeStill(pixels, photo)), standsStill: photo.frames > 1 };
  } catch (cause) {
    // A missing decoder doesn't mean that the photo is damaged.
    if (cause instanceof PhotoRefused || missingPackageOf(cause)) throw cause;
    throw Object.assign(new PhotoRefused(damagedPhotoText), { cause });
  }
}

async function encodeStill(
  pixels: Pixels,
  { format }: InspectedPhoto,
): Promise<Omit<PreparedPhoto, 'standsStill'>> {
  const { width, height } = pixels;
  const paper = pixels.channels === 4 ? paperBehind(pixels.data) : null;
  const isDrawing = drawings.has(format);
  const write = async (size: { width: number; height: number }, maxSealed: number): Promise<Bytes> => {
    for (const quality of qualities) {
      const image = sharp(pixels.data, { raw: pixels })
        .flatten({ background: toHex(paper ?? [255, 255, 255]) })
        .resize(size.width, size.height, { fit: 'fill' });
      // Fixed Huffman tables cost 1 % of the bytes and save half of the encoder's time.
      const encoded = await (isDrawing && quality === qualities[0]
        ? image.jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
        : image.jpeg({ quality, optimiseCoding: false })
      ).toBuffer();
      if (encoded.length <= maxSealedContent(maxSealed)) return toBytes(encoded);
    }
    throw new PhotoRefused(
      'This photo has too much detail for a letter, even when shrunk. Please crop it, or add a smaller copy.',
      'too-large',
    );
  };
  return {
    full: await write(pixels, limits.sealedPhotoBytes),
    preview: await write(targetSize(pixels, 'preview'), limits.sealedPreviewBytes),
    width,
    height,
    mediaType: 'image/jpeg',
  };
}

const toHex = (colour: number[]) => `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;

function toBytes(buffer: Buffer): Bytes {
  return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
}

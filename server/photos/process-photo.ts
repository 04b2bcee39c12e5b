import { availableParallelism } from 'node:os';
import sharp, { type Sharp } from 'sharp';
import type { Bytes } from '#core/bytes.ts';
import { limits } from '#core/schemas/limits.ts';
import { boundWork, type Doorway } from '../limits/bound-work.ts';
import { checkPhoto, damagedPhoto, type PhotoFacts } from './check-photo.ts';
import { DECODE_BUDGET } from './decode-cost.ts';

/** A photo as letters carry it: upright, in sRGB, without any word of the camera. Sizes in pixels. */
export interface ProcessedPhoto {
  /** At most {@link limits}`.photoSide` on its longer side. */
  full: Bytes;
  /** The same picture at most `.photoPreviewSide`, in the same media type. */
  preview: Bytes;
  /** Of `full`. */
  width: number;
  height: number;
  /** `image/jpeg`, or `image/webp` when the picture is transparent somewhere. */
  mediaType: 'image/jpeg' | 'image/webp';
}

export interface PhotoProcessor {
  /**
   * Turns an uploaded file into the two pictures that are sealed and kept.
   *
   * @throws {AppError} `invalid-input` or `too-large` as `checkPhoto` says, `invalid-input` for damaged pixels or ones
   *   that take too long, `unavailable` when too many photos wait already.
   */
  processPhoto(bytes: Bytes): Promise<ProcessedPhoto>;
}

export interface PhotoProcessorOptions {
  /** Photos decoded at once; the number of cores unless told. */
  maxConcurrent?: number;
  /** Photos that may wait for their turn; eight full letters unless told. */
  maxWaiting?: number;
  /** Seconds one step of one photo may take. */
  timeoutS?: number;
  /** Bytes that all photos being decoded may take together, and so each of them; {@link DECODE_BUDGET} unless told. */
  decodeBudget?: number;
  /** Shared with other heavy work of the process, weighed in bytes; none unless given. */
  doorway?: Doorway;
}

interface Pixels {
  data: Buffer<ArrayBuffer>;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** Formats and qualities were chosen by measuring: docs/decisions/005-photo-format.md. */
const encodings = {
  /** Photographs. Fixed Huffman tables cost 1 % of the bytes and save half of the encoder's time. */
  photo: (image: Sharp) => image.jpeg({ quality: 82, optimiseCoding: false }),
  /** Screenshots and drawings keep their sharp coloured edges. */
  drawing: (image: Sharp) => image.jpeg({ quality: 88, chromaSubsampling: '4:4:4' }),
  transparent: (image: Sharp) => image.webp({ quality: 82, alphaQuality: 90, effort: 2 }),
};

/** Makes the one door to photo processing of a process; what passes through it shares its bounds. */
export function createPhotoProcessor(options: PhotoProcessorOptions = {}): PhotoProcessor {
  const { maxConcurrent = availableParallelism(), maxWaiting = 8 * limits.photos, timeoutS = 20 } = options;
  const { decodeBudget = DECODE_BUDGET } = options;
  const passAlso: Doorway = options.doorway ?? ((_, task) => task());
  const pass = boundWork({ capacity: decodeBudget, maxWaiting });
  const smallestShare = Math.floor(decodeBudget / maxConcurrent);
  guardDecoders();

  return {
    async processPhoto(bytes) {
      const facts = await checkPhoto(bytes, decodeBudget);
      const weight = Math.max(facts.decodeBytes, smallestShare);
      const prepare = async () => {
        try {
          return await encode(await decode(bytes, facts, timeoutS), facts, timeoutS);
        } catch {
          // Nothing but sharp runs here, and all it can say is that the file's pixels are not what its header promised.
          throw damagedPhoto();
        }
      };
      return pass(weight, () => passAlso(weight, prepare));
    },
  };
}

/** Decodes once, upright and shrunk, to plain sRGB pixels: everything else in the file ends here. */
async function decode(bytes: Bytes, facts: PhotoFacts, timeoutS: number): Promise<Pixels> {
  const upright = sharp(bytes, { limitInputPixels: limits.photoPixels, sequentialRead: true })
    .timeout({ seconds: timeoutS })
    .autoOrient()
    .resize(limits.photoSide, limits.photoSide, { fit: 'inside', withoutEnlargement: true });
  if (!facts.profiledRgb) return toPixels(upright);

  // sharp converts a colour profile before it shrinks, which takes twice as long as all the rest together. Shrink first,
  // with the profile carried along, and convert what is left.
  const carried = await upright.keepIccProfile().tiff({ compression: 'none' }).toBuffer();
  return toPixels(sharp(carried).timeout({ seconds: timeoutS }));
}

async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as Pixels['channels'] };
}

async function encode(pixels: Pixels, facts: PhotoFacts, timeoutS: number): Promise<ProcessedPhoto> {
  const { data, width, height, channels } = pixels;
  const open = () => {
    const image = sharp(data, { raw: { width, height, channels } }).timeout({ seconds: timeoutS });
    return transparent ? image : image.removeAlpha();
  };
  const transparent = isTransparent(pixels);
  const isDrawing = facts.format === 'png' || facts.format === 'gif';
  const write = encodings[transparent ? 'transparent' : isDrawing ? 'drawing' : 'photo'];

  const [full, preview] = await Promise.all([
    write(open()).toBuffer(),
    write(
      open().resize(limits.photoPreviewSide, limits.photoPreviewSide, {
        fit: 'inside',
        withoutEnlargement: true,
      }),
    ).toBuffer(),
  ]);
  return {
    full: asBytes(full),
    preview: asBytes(preview),
    width,
    height,
    mediaType: transparent ? 'image/webp' : 'image/jpeg',
  };
}

/** Many screenshots have an alpha channel and nothing to see through: they are photos like any other. */
function isTransparent({ data, channels }: Pixels): boolean {
  if (channels !== 2 && channels !== 4) return false;
  for (let at = channels - 1; at < data.length; at += channels) {
    if (data[at] !== 255) return true;
  }
  return false;
}

function asBytes(buffer: Buffer<ArrayBuffer>): Bytes {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/**
 * A second lock behind the check by content: the process decodes these formats and no other. The cache is off because
 * it would keep private pictures in memory.
 */
function guardDecoders(): void {
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadWebpBuffer',
      'VipsForeignLoadHeifBuffer',
      'VipsForeignLoadTiffBuffer',
    ],
  });
}

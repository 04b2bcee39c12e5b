import { open } from 'node:fs/promises';
import type { Bytes } from '#core/bytes.ts';
import { maxSealedContent } from '#core/crypto/index.ts';
import {
  damagedPhotoText,
  refusalOfKind,
  tooManyBytesText,
  tooManyPixelsText,
} from '#core/photos/photo-advice.ts';
import { readDimensions } from '#core/photos/read-dimensions.ts';
import { sniffPhoto } from '#core/photos/sniff-photo.ts';
import { limits } from '#core/schemas/limits.ts';
import { BffError } from './bff-error.ts';
import type { PhotoSource, PreparedPhoto } from './photo-input.ts';

/** As the server and the browser have them; lower when a picture is too large at the first. */
const qualities = [82, 70, 50];

/**
 * Decodes a photo, turns it upright, shrinks it to its two sizes and encodes it anew, which leaves everything else in the
 * file behind. A file is never sent as it is: without `sharp` there are no photos.
 * @throws BffError `invalid-input`, `too-large`, `unavailable` when sharp is not installed, `not-found` for no file.
 */
export async function preparePhotoInNode(source: PhotoSource): Promise<PreparedPhoto> {
  const bytes = await read(source);
  const kind = sniffPhoto(bytes);
  const refusal = refusalOfKind(kind);
  if (refusal) throw refused(refusal);
  const size = readDimensions(bytes, kind);
  if (size && size.width * size.height > limits.photoPixels)
    throw refused(tooManyPixelsText(size), 'too-large');

  const { default: sharp } = await import('sharp').catch((cause) => {
    throw new BffError('unavailable', 'Photos need the package "sharp". Install it: npm install sharp', {
      cause,
    });
  });
  try {
    const side = limits.photoSide;
    const { data, info } = await sharp(bytes, { limitInputPixels: limits.photoPixels })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const picture = () => sharp(data, { raw: { width, height, channels } });
    const transparent = (channels === 2 || channels === 4) && !(await picture().stats()).isOpaque;
    const encode = async (longest: number, maxBytes: number): Promise<Bytes> => {
      for (const quality of qualities) {
        const image = picture().resize(longest, longest, { fit: 'inside', withoutEnlargement: true });
        const encoded = await (transparent
          ? image.webp({ quality })
          : image.removeAlpha().jpeg({ quality })
        ).toBuffer();
        if (encoded.length <= maxBytes) return new Uint8Array(encoded);
      }
      throw refused(
        'This photo does not get small enough for a letter. Please choose another copy of it.',
        'too-large',
      );
    };
    return {
      full: await encode(side, maxSealedContent(limits.sealedPhotoBytes)),
      preview: await encode(limits.photoPreviewSide, maxSealedContent(limits.sealedPreviewBytes)),
      width,
      height,
      mediaType: transparent ? 'image/webp' : 'image/jpeg',
    };
  } catch (cause) {
    if (cause instanceof BffError) throw cause;
    throw refused(damagedPhotoText, 'invalid-input', cause);
  }
}

async function read(source: PhotoSource): Promise<Bytes> {
  if (source instanceof Uint8Array) return within(source.length, () => Uint8Array.from(source));
  if (source instanceof Blob)
    return within(source.size, async () => new Uint8Array(await source.arrayBuffer()));
  const file = await open(source, 'r').catch((cause) => {
    throw new BffError('not-found', `The file ${source} cannot be read.`, { cause });
  });
  try {
    const { size } = await file.stat();
    return await within(size, async () => new Uint8Array(await file.readFile()));
  } finally {
    await file.close();
  }
}

async function within(length: number, content: () => Bytes | Promise<Bytes>): Promise<Bytes> {
  if (length > limits.photoBytes) throw refused(tooManyBytesText, 'too-large');
  return content();
}

function refused(
  message: string,
  code: 'invalid-input' | 'too-large' = 'invalid-input',
  cause?: unknown,
): BffError {
  return new BffError(code, message, { fields: { photos: message }, cause });
}

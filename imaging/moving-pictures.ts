import sharp from 'sharp';
import type { Bytes } from '#core/bytes.ts';
import { maxSealedContent } from '#core/crypto/sealed-lengths.ts';
import type { InspectedPhoto } from '#core/photos/inspect-photo.ts';
import { paperBehind } from '#core/photos/paper-behind.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { animationBounds, type Dimensions, isSmallAnimation, targetSize } from '#core/photos/target-size.ts';
import { limits } from '#core/schemas/limits.ts';

const qualities = [82, 50];
/** The number of frames searched for one that isn't empty. */
const STILLS_TRIED = 10;
/** The standard deviation of a channel, of 255, from which a frame isn't empty. */
const SOMETHING = 4;

const canMove = ({ format, frames }: InspectedPhoto) => frames > 1 && (format === 'gif' || format === 'webp');

/**
 * Re-encodes all frames of a small animation with their durations.
 * @returns null for one that becomes a still picture: it is too large, or no library here writes
 *   its format
 */
export async function animate(bytes: Bytes, photo: InspectedPhoto): Promise<PreparedPhoto | null> {
  if (!canMove(photo) || !isSmallAnimation(photo)) return null;
  const open = ({ width, height }: Dimensions) =>
    sharp(bytes, { animated: true, limitInputPixels: 2 * animationBounds.pixels })
      .resize(width, height, { fit: 'fill' })
      .toColourspace('srgb');
  const [fullSize, previewSize] = [targetSize(photo, 'full'), targetSize(photo, 'preview')];
  const paper = paperBehind(await open(previewSize).ensureAlpha().raw().toBuffer());
  const [r, g, b] = paper ?? [255, 255, 255];
  const write = async (size: Dimensions, maxSealed: number): Promise<Bytes | null> => {
    for (const quality of qualities) {
      const moving = await open(size)
        .flatten({ background: { r, g, b } })
        .webp({ quality, effort: 2 })
        .toBuffer();
      if (moving.length <= maxSealedContent(maxSealed)) return new Uint8Array(moving);
    }
    return null;
  };
  const full = await write(fullSize, limits.sealedPhotoBytes);
  const preview = full && (await write(previewSize, limits.sealedPreviewBytes));
  return full && preview && { full, preview, ...fullSize, mediaType: 'image/webp', standsStill: false };
}

/** Finds the first frame that isn't empty: many animations begin with an empty one. */
export async function pickStillFrame(bytes: Bytes, photo: InspectedPhoto): Promise<number> {
  if (!canMove(photo)) return 0;
  for (let page = 0; page < Math.min(photo.frames, STILLS_TRIED); page++) {
    const small = await sharp(bytes, { page, limitInputPixels: limits.photoPixels })
      .resize(32, 32, { fit: 'fill' })
      .flatten({ background: '#fff' })
      .png()
      .toBuffer();
    const { channels } = await sharp(small).stats();
    if (channels.some(({ stdev }) => stdev > SOMETHING)) return page;
  }
  return 0;
}

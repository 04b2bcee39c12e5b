import type { PhotoVariant } from '../crypto/index.ts';
import type { PhotoStructure } from './structure/photo-structure.ts';

/** Width and height in px. */
export interface Dimensions {
  width: number;
  height: number;
}

/** What the two sizes of a photo may measure, in px. */
interface SizeBounds {
  /** Of an ordinary photo, the longer side. */
  side: number;
  /** A long screenshot or a panorama may be longer, so that its shorter side stays as wide as this … */
  shortSide: number;
  /** … as far as this many pixels go, */
  pixels: number;
  /** and never longer than this: WebP ends at 16,383 (RFC 9649), canvases of some browsers at 16,384. */
  longest: number;
}

export const sizeBounds: Record<PhotoVariant, SizeBounds> = {
  full: { side: 2_048, shortSide: 1_080, pixels: 6_000_000, longest: 16_000 },
  preview: { side: 480, shortSide: 240, pixels: 230_400, longest: 4_000 },
};

/**
 * What an animation that keeps moving in a letter may have: frames, and px of all of them together. So much is decoded and
 * encoded in about a second.
 */
export const animationBounds = { frames: 300, pixels: 12_000_000 } as const;

/** Whether it moves, and is small enough to keep moving in a letter; its frames are never turned. */
export function isSmallAnimation({
  frames,
  width,
  height,
  orientation,
}: Pick<PhotoStructure, 'frames' | 'width' | 'height' | 'orientation'>): boolean {
  if (frames < 2 || orientation !== 1) return false;
  return frames <= animationBounds.frames && frames * width * height <= animationBounds.pixels;
}

/** Whether a picture is one that {@link targetSize} can have made, of whatever it was given. */
export function fitsLetter({ width, height }: Dimensions, variant: PhotoVariant): boolean {
  const { pixels, longest } = sizeBounds[variant];
  // Half a row and half a column may have been added by rounding.
  return Math.max(width, height) <= longest && (width - 0.5) * (height - 0.5) <= pixels;
}

/**
 * The size in px that an upright picture is shrunk to for a letter: in the same shape, never larger than it is. Both
 * the browser's canvas and sharp (`fit: 'fill'`) are told exactly this.
 */
export function targetSize({ width, height }: Dimensions, variant: PhotoVariant): Dimensions {
  const { side, shortSide, pixels, longest } = sizeBounds[variant];
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const readable = Math.min(shortSide / short, Math.sqrt(pixels / (width * height)));
  const scale = Math.min(1, longest / long, Math.max(side / long, readable));
  const shrink = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: shrink(width), height: shrink(height) };
}

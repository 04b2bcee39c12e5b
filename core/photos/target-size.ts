import type { PhotoVariant } from '../crypto/index.ts';
import type { PhotoStructure } from './structure/photo-structure.ts';

/** Width and height in px. */
export interface Dimensions {
  width: number;
  height: number;
}

interface SizeBounds {
  /** The longer side of an ordinary photo. */
  side: number;
  /** The shorter side that a long screenshot or panorama may keep … */
  shortSide: number;
  /** … up to this many pixels … */
  pixels: number;
  /** … and up to this length: WebP ends at 16,383 (RFC 9649), some browsers' canvases at 16,384. */
  longest: number;
}

export const sizeBounds: Record<PhotoVariant, SizeBounds> = {
  full: { side: 2_048, shortSide: 1_080, pixels: 6_000_000, longest: 16_000 },
  preview: { side: 480, shortSide: 240, pixels: 230_400, longest: 4_000 },
};

/**
 * Bounds of an animation that keeps moving: frames, and px of all frames together. This much is
 * decoded and encoded in about a second.
 */
export const animationBounds = { frames: 300, pixels: 12_000_000 } as const;

/**
 * Tells whether an animation is small enough to keep moving in a letter. Its frames are never
 * turned.
 */
export function isSmallAnimation({
  frames,
  width,
  height,
  orientation,
}: Pick<PhotoStructure, 'frames' | 'width' | 'height' | 'orientation'>): boolean {
  if (frames < 2 || orientation !== 1) return false;
  return frames <= animationBounds.frames && frames * width * height <= animationBounds.pixels;
}

/** Tells whether {@link targetSize} can have made this size from any picture. */
export function fitsLetter({ width, height }: Dimensions, variant: PhotoVariant): boolean {
  const { pixels, longest } = sizeBounds[variant];
  // Rounding may have added half a row and half a column.
  return Math.max(width, height) <= longest && (width - 0.5) * (height - 0.5) <= pixels;
}

/**
 * Returns the size of an upright picture in a letter, in px: same shape, never enlarged. The
 * browser's canvas and sharp (`fit: 'fill'`) both use exactly this size.
 */
export function targetSize({ width, height }: Dimensions, variant: PhotoVariant): Dimensions {
  const { side, shortSide, pixels, longest } = sizeBounds[variant];
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const readable = Math.min(shortSide / short, Math.sqrt(pixels / (width * height)));
  const scale = Math.min(1, longest / long, Math.max(side / long, readable));
  const shrink = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: shrink(width), height: shrink(height) };
}

import type { Bytes } from '../bytes.ts';

/**
 * A photo ready for a letter: upright, in sRGB, without metadata. Width and height are those of
 * `full`, in px.
 */
export interface PreparedPhoto {
  full: Bytes;
  preview: Bytes;
  width: number;
  height: number;
  mediaType: string;
  /** Whether an animation became a still picture. */
  standsStill: boolean;
}

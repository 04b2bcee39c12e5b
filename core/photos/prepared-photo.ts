import type { Bytes } from '../bytes.ts';

/** A photo as letters carry it: upright, in sRGB, without any word of the camera. Width and height in px of `full`. */
export interface PreparedPhoto {
  full: Bytes;
  /** The same picture in a small size, in the same media type. */
  preview: Bytes;
  width: number;
  height: number;
  mediaType: string;
  /** It moves in its file, and is one still picture here. */
  standsStill: boolean;
}

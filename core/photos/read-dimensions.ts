import type { Bytes } from '../bytes.ts';
import type { PhotoKind } from './sniff-photo.ts';

/** Width and height in px as the file says, before it is turned upright. */
export interface Dimensions {
  width: number;
  height: number;
}

/**
 * Reads a photo's size from its header, so that a bomb is refused before it is decoded. Null when the header does not say
 * it in a simple way: then the decoder has to.
 */
export function readDimensions(bytes: Bytes, kind: PhotoKind): Dimensions | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (kind === 'png') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (kind === 'gif') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (kind === 'webp') return webpDimensions(view);
    if (kind === 'jpeg') return jpegDimensions(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** RFC 9649: the canvas of the extended format, or the frame of the two simple ones. */
function webpDimensions(view: DataView): Dimensions | null {
  const chunk = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === 'VP8X') return { width: uint24(24) + 1, height: uint24(27) + 1 };
  if (chunk === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (chunk !== 'VP8L') return null;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** ITU-T T.81, B.2.2: the frame header is the first SOF marker; other segments are skipped by their length. */
function jpegDimensions(view: DataView): Dimensions | null {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

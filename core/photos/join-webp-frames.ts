import { type Bytes, concatBytes } from '../bytes.ts';
import { nameAt } from './structure/photo-structure.ts';
import type { Dimensions } from './target-size.ts';

export interface WebpFrame {
  webp: Uint8Array;
  milliseconds: number;
}

const [ANIMATED, HAS_ALPHA] = [0x02, 0x10];
/** The flag of a frame that replaces the previous one instead of being drawn over it. */
const DO_NOT_BLEND = 0x02;
/** The chunks a frame keeps; profiles and metadata are dropped. */
const FRAME_PARTS = new Set(['ALPH', 'VP8 ', 'VP8L']);
const MAX_UINT24 = 0xff_ff_ff;
const MAX_UINT16 = 0xff_ff;

/**
 * Joins still pictures of one size into an animation (RFC 9649, 2.7.1) without re-encoding:
 * browsers only encode single pictures.
 * @param size of each picture, in px
 * @param plays number of plays; 0 for endless
 * @throws RangeError for a frame that isn't a WebP file
 */
export function joinWebpFrames(frames: readonly WebpFrame[], size: Dimensions, plays: number): Bytes {
  const parts = frames.map(({ webp }) => framePartsOf(webp));
  const hasAlpha = parts.flat().some(({ name }) => name !== 'VP8 ');
  const flags = ANIMATED | (hasAlpha ? HAS_ALPHA : 0);
  const canvas = [...uint24(size.width - 1), ...uint24(size.height - 1)];
  const background = [0, 0, 0, 0];
  const chunks = [
    chunk('VP8X', Uint8Array.of(flags, 0, 0, 0, ...canvas)),
    chunk('ANIM', Uint8Array.of(...background, ...uint24(Math.min(plays, MAX_UINT16)).slice(0, 2))),
    ...frames.map(({ milliseconds }, n) => {
      const duration = uint24(Math.min(Math.max(0, Math.round(milliseconds)), MAX_UINT24));
      const head = Uint8Array.of(...uint24(0), ...uint24(0), ...canvas, ...duration, DO_NOT_BLEND);
      return chunk('ANMF', head, ...(parts[n] ?? []).map(({ name, data }) => chunk(name, data)));
    }),
  ];
  return chunk('RIFF', letters('WEBP'), ...chunks);
}

function framePartsOf(webp: Uint8Array): { name: string; data: Uint8Array }[] {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  const parts: { name: string; data: Uint8Array }[] = [];
  for (let at = 12; at < webp.length; ) {
    const [name, length] = [nameAt(view, at), view.getUint32(at + 4, true)];
    if (FRAME_PARTS.has(name)) parts.push({ name, data: webp.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length & 1);
  }
  if (parts.length === 0) throw new RangeError('A frame is not a WebP picture.');
  return parts;
}

/** Writes a chunk: name, length and data, padded to an even length. */
function chunk(name: string, ...data: Uint8Array[]): Bytes {
  const length = new Uint8Array(4);
  const bytes = data.reduce((total, part) => total + part.length, 0);
  new DataView(length.buffer).setUint32(0, bytes, true);
  return concatBytes(letters(name), length, ...data, new Uint8Array(bytes & 1));
}

const letters = (name: string) => Uint8Array.from(name, (letter) => letter.charCodeAt(0));
const uint24 = (value: number) => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff];

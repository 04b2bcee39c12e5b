import type { FileBytes, PhotoStructure } from './photo-structure.ts';

const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b];
const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Reads a GIF89a: blocks after a header. Counts the canvas, or a larger frame. */
export function readGif({ bytes, view }: FileBytes): PhotoStructure | null {
  let [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  let [frames, parts] = [0, 0];
  let isCut = true;
  let interlaced = false;
  for (let at = 13 + tableBytes(view.getUint8(10)); at < bytes.length; ) {
    const block = bytes[at];
    if (block === TRAILER) isCut = false;
    if (block === IMAGE && at + 10 <= bytes.length) {
      frames += 1;
      width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      const flags = view.getUint8(at + 9);
      interlaced ||= (flags & 0x40) !== 0;
      at = afterSubBlocks(bytes, at + 11 + tableBytes(flags));
    } else if (block === EXTENSION) {
      parts += 1;
      at = afterSubBlocks(bytes, at + 2);
    } else break;
  }
  if (frames === 0) return null;
  return {
    width,
    height,
    orientation: 1,
    frames,
    scans: 1,
    parts,
    interlaced,
    sampleBytes: 4,
    colours: null,
    isCut,
  };
}

/** Skips sub-blocks: each has a length and that many bytes; one of length 0 ends them. */
function afterSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let length = bytes[at]; length; length = bytes[at]) at += 1 + length;
  return at + 1;
}

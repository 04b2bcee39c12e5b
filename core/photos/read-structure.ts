import type { PhotoFormat } from './photo-advice.ts';
import type { FileBytes, PhotoStructure } from './structure/photo-structure.ts';
import { readGif } from './structure/read-gif.ts';
import { readHeif } from './structure/read-heif.ts';
import { readJpeg } from './structure/read-jpeg.ts';
import { readPng } from './structure/read-png.ts';
import { readWebp } from './structure/read-webp.ts';

export type { Colours, PhotoStructure } from './structure/photo-structure.ts';

const readers: Record<PhotoFormat, (file: FileBytes) => PhotoStructure | null> = {
  jpeg: readJpeg,
  png: readPng,
  gif: readGif,
  webp: readWebp,
  avif: readHeif,
  heic: readHeif,
};

/**
 * Reads how a photo's file is built, without decoding it: its size, frames, scans, orientation. One pass over its bytes, whatever
 * they say. Null when it is no whole header of its format.
 */
export function readStructure(bytes: Uint8Array, format: PhotoFormat): PhotoStructure | null {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const structure = readers[format]({ bytes, view });
    return structure && structure.width > 0 && structure.height > 0 ? structure : null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

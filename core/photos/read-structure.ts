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
 * Reads the structure of a photo without decoding it: size, frames, scans, orientation. One pass
 * over the bytes, whatever they say. Null without a whole header.
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

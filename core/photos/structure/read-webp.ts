import { orientationOfExif } from './orientation.ts';
import { type FileBytes, MAX_PARTS, nameAt, type PhotoStructure } from './photo-structure.ts';

const HAS_ALPHA = 0x10;

/**
 * Reads a WebP (RFC 9649): chunks of name, length and data. Counts the larger of canvas and frames.
 */
export function readWebp({ view }: FileBytes): PhotoStructure | null {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  const whole = 8 + view.getUint32(4, true);
  const structure: PhotoStructure = {
    width: 0,
    height: 0,
    orientation: 1,
    frames: 0,
    scans: 1,
    parts: 0,
    interlaced: false,
    sampleBytes: 3,
    colours: null,
    isCut: view.byteLength < whole,
  };
  const size = (width: number, height: number) => {
    structure.width = Math.max(structure.width, width);
    structure.height = Math.max(structure.height, height);
  };
  for (let at = 12; at + 8 <= Math.min(view.byteLength, whole) && structure.parts <= MAX_PARTS; ) {
    const [name, start] = [nameAt(view, at), at + 8];
    const end = start + view.getUint32(at + 4, true);
    structure.parts += 1;
    if (name === 'VP8X') {
      size(uint24(start + 4) + 1, uint24(start + 7) + 1);
      if (view.getUint8(start) & HAS_ALPHA) structure.sampleBytes = 4;
    } else if (name === 'VP8 ') {
      structure.frames += 1;
      size(view.getUint16(start + 6, true) & 0x3fff, view.getUint16(start + 8, true) & 0x3fff);
    } else if (name === 'VP8L') {
      structure.frames += 1;
      structure.sampleBytes = 4;
      const bits = view.getUint32(start + 1, true);
      size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    } else if (name === 'ANMF') {
      structure.frames += 1;
      size(uint24(start + 6) + 1, uint24(start + 9) + 1);
    } else if (name === 'EXIF') {
      // Some writers keep the prefix that EXIF needs in a JPEG.
      const named = end - start > 6 && nameAt(view, start) === 'Exif';
      structure.orientation = orientationOfExif(
        view,
        named ? start + 6 : start,
        Math.min(end, view.byteLength),
      );
    }
    at = end + (end & 1);
  }
  return structure.frames > 0 ? structure : null;
}

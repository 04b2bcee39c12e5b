import { orientationOfExif } from './orientation.ts';
import type { FileBytes, PhotoStructure } from './photo-structure.ts';

/** Photos with more scans are refused, so readers count no further. */
export const MAX_SCANS = 64;

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const [SOS, EOI, APP1] = [0xda, 0xd9, 0xe1];
/** Frame headers, SOF0 to SOF15, except three markers in between. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isProgressive = (marker: number) => (marker & 0x03) === 0x02;
/** RST0 to RST7, SOI and TEM: markers without a length. */
const standsAlone = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

/**
 * Reads a JPEG (ITU-T T.81, annex B). Ignores everything after the end marker, such as a second
 * picture or a film.
 */
export function readJpeg({ bytes, view }: FileBytes): PhotoStructure | null {
  let frame: Pick<PhotoStructure, 'width' | 'height' | 'interlaced' | 'sampleBytes'> | null = null;
  let orientation = 0;
  let scans = 0;
  let parts = 0;
  let isCut = true;

  for (let at = nextMarker(bytes, 2); at < bytes.length - 1; at = nextMarker(bytes, at)) {
    const marker = bytes[at + 1] as number;
    at += 2;
    if (marker === EOI) {
      isCut = false;
      break;
    }
    if (standsAlone(marker)) continue;
    if (at + 2 > bytes.length) break;
    const end = at + view.getUint16(at);
    if (end > bytes.length) break;
    parts += 1;
    if (isFrame(marker)) {
      // A picture has one frame; a second one could change the size after it was checked.
      if (frame || end < at + 9) return null;
      frame = frameAt(view, at, isProgressive(marker));
    } else if (marker === APP1 && !orientation && EXIF.every((byte, n) => bytes[at + 2 + n] === byte)) {
      orientation = orientationOfExif(view, at + 8, end);
    } else if (marker === SOS) {
      scans += 1;
      if (scans > MAX_SCANS) break;
    }
    at = end;
  }
  if (!frame || scans === 0) return null;
  return { ...frame, orientation: orientation || 1, frames: 1, scans, parts, colours: null, isCut };
}

/**
 * Finds the next marker, past coded pixels and fill bytes, in one pass. 0xFF 0x00 is a value; 0xFF
 * 0xD0 to 0xD7 occur among the pixels.
 */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length - 1; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] as number;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function frameAt(view: DataView, at: number, interlaced: boolean) {
  const components = view.getUint8(at + 7);
  const areas = Array.from({ length: components }, (_, n) => {
    const sampling = view.getUint8(at + 9 + 3 * n);
    return (sampling >> 4) * (sampling & 15);
  });
  const samples = areas.reduce((sum, area) => sum + area, 0) / Math.max(...areas, 1);
  return {
    width: view.getUint16(at + 5),
    height: view.getUint16(at + 3),
    interlaced,
    sampleBytes: samples * (view.getUint8(at + 2) > 8 ? 2 : 1),
  };
}

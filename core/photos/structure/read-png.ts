import { orientationOfExif } from './orientation.ts';
import {
  type FileBytes,
  MAX_PARTS,
  MAX_PIXEL_CHUNKS,
  nameAt,
  type PhotoStructure,
} from './photo-structure.ts';

/** Samples per pixel by colour type. A palette becomes three, or four with tRNS. */
const samplesOf: Record<number, number> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };
const HEADER_BYTES = 13;

/** Reads a PNG, third edition (W3C 2025): chunks of length, name, data and checksum. */
export function readPng({ view }: FileBytes): PhotoStructure | null {
  if (nameAt(view, 12) !== 'IHDR' || view.getUint32(8) !== HEADER_BYTES) return null;
  const samples = samplesOf[view.getUint8(25)];
  if (!samples) return null;
  const interlaced = view.getUint8(28) !== 0;
  const structure: PhotoStructure = {
    width: view.getUint32(16),
    height: view.getUint32(20),
    orientation: 1,
    frames: 1,
    scans: interlaced ? 7 : 1,
    parts: 0,
    interlaced,
    sampleBytes: samples * (view.getUint8(24) > 8 ? 2 : 1),
    colours: null,
    isCut: true,
  };
  let sawPixels = false;
  let pixelChunks = 0;
  let isKnown = false;
  for (let at = 8; at + 8 <= view.byteLength && structure.parts <= MAX_PARTS; ) {
    const [name, start] = [nameAt(view, at + 4), at + 8];
    const end = start + view.getUint32(at);
    at = end + 4;
    if (name === 'IEND') structure.isCut = false;
    if (name === 'IDAT') sawPixels = true;
    const isPixels = name === 'IDAT' || name === 'fdAT';
    if (isPixels) pixelChunks += 1;
    if (!isPixels || pixelChunks > MAX_PIXEL_CHUNKS) structure.parts += 1;
    if (name === 'IEND' || end > view.byteLength) break;
    if (name === 'acTL') structure.frames = Math.max(1, view.getUint32(start));
    if (name === 'cICP') {
      structure.colours = { cicp: { primaries: view.getUint8(start), transfer: view.getUint8(start + 1) } };
    }
    if (name === 'iCCP' || name === 'sRGB') isKnown = true;
    if (name === 'gAMA') structure.colours ??= { gamma: view.getUint32(start) / 100_000 };
    if (name === 'eXIf') structure.orientation = orientationOfExif(view, start, end);
    if (name === 'tRNS' && samples !== 2 && samples !== 4) structure.sampleBytes *= (samples + 1) / samples;
  }
  // cICP takes precedence, then a profile, then the gamma (4.3).
  if (isKnown && !structure.colours?.cicp) structure.colours = null;
  return sawPixels ? structure : null;
}

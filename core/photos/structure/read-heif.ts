import { orientationOfTurns, type Turn } from './orientation.ts';
import { type Colours, type FileBytes, nameAt, type PhotoStructure } from './photo-structure.ts';

/** Maximum of boxes read from a file; the decoder handles the rest. */
const MAX_BOXES = 10_000;
const trackBoxes = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);

interface Box {
  name: string;
  start: number;
  end: number;
}

/**
 * Reads AVIF and HEIC (ISO/IEC 23008-12): the properties of the primary item, in boxes of ISO/IEC
 * 14496-12.
 */
export function readHeif({ bytes, view }: FileBytes): PhotoStructure | null {
  let parts = 0;
  let isCut = false;
  function* boxesIn(from: number, to: number): Generator<Box> {
    for (let at = from; at + 8 <= to; ) {
      parts += 1;
      if (parts > MAX_BOXES) return;
      const size = view.getUint32(at);
      const head = size === 1 ? 16 : 8;
      const length = size === 1 ? Number(view.getBigUint64(at + 8)) : size || to - at;
      if (length < head) return;
      isCut ||= at + length > view.byteLength;
      yield { name: nameAt(view, at + 4), start: at + head, end: Math.min(at + length, to) };
      at += length;
    }
  }

  const properties: Box[] = [];
  let associations: Box | null = null;
  let primary = 0;
  let frames = 1;
  const look = ({ name, start, end }: Box): void => {
    if (name === 'pitm')
      primary = view.getUint8(start) === 0 ? view.getUint16(start + 4) : view.getUint32(start + 4);
    else if (name === 'ipco') properties.push(...boxesIn(start, end));
    else if (name === 'ipma') associations ??= { name, start, end };
    else if (name === 'stsz') frames = Math.max(frames, view.getUint32(start + 8));
    else if (name === 'meta') for (const box of boxesIn(start + 4, end)) look(box);
    else if (name === 'iprp' || trackBoxes.has(name)) for (const box of boxesIn(start, end)) look(box);
  };
  for (const box of boxesIn(0, view.byteLength)) look(box);
  if (!associations) return null;

  const own = associatedWith(view, associations, primary).flatMap((n) => properties[n - 1] ?? []);
  const size = own.find(({ name }) => name === 'ispe');
  if (!size) return null;
  return {
    width: view.getUint32(size.start + 4),
    height: view.getUint32(size.start + 8),
    orientation: orientationOfTurns(own.flatMap((box) => turnOf(view, box))),
    frames,
    scans: 1,
    parts,
    interlaced: true,
    sampleBytes: sampleBytesOf(view, properties),
    colours: coloursOf(bytes, view, own),
    isCut,
  };
}

/** Returns an item's property numbers, from 1, in order. */
function associatedWith(view: DataView, { start, end }: Box, item: number): number[] {
  const [wideIds, wideNumbers] = [view.getUint8(start) > 0, (view.getUint8(start + 3) & 1) === 1];
  for (let at = start + 8; at + 3 <= end; ) {
    const id = wideIds ? view.getUint32(at) : view.getUint16(at);
    at += wideIds ? 4 : 2;
    const count = view.getUint8(at);
    at += 1;
    const bytes = wideNumbers ? 2 : 1;
    if (id === item) {
      return Array.from({ length: count }, (_, n) =>
        wideNumbers ? view.getUint16(at + 2 * n) & 0x7fff : view.getUint8(at + n) & 0x7f,
      );
    }
    at += count * bytes;
  }
  return [];
}

function turnOf(view: DataView, { name, start }: Box): Turn[] {
  if (name === 'irot') return [{ anticlockwise: view.getUint8(start) & 3 }];
  if (name === 'imir') return [{ mirror: view.getUint8(start) & 1 ? 'left-right' : 'top-bottom' }];
  return [];
}

/**
 * Reads the colours. A profile beats code points. AVIF is decoded with its profile, HEIC without,
 * so only HEIC's is returned.
 */
function coloursOf(bytes: Uint8Array, view: DataView, own: Box[]): Colours | null {
  const kinds = own
    .filter(({ name }) => name === 'colr')
    .map((box) => ({ ...box, kind: nameAt(view, box.start) }));
  const profile = kinds.find(({ kind }) => kind === 'prof' || kind === 'rICC');
  const isHeic = own.some(({ name }) => name === 'hvcC') || !own.some(({ name }) => name === 'av1C');
  if (profile) return isHeic ? { profile: bytes.subarray(profile.start + 4, profile.end) } : null;
  const points = kinds.find(({ kind }) => kind === 'nclx');
  if (!points) return null;
  return {
    cicp: { primaries: view.getUint16(points.start + 4), transfer: view.getUint16(points.start + 6) },
  };
}

/**
 * Computes bytes per pixel from the codec's configuration (AV1 in ISOBMFF, 2.3.3; ISO/IEC 14496-15,
 * 8.3.3). Transparency is a separate item.
 */
function sampleBytesOf(view: DataView, properties: Box[]): number {
  let samples = 3;
  let bits = 8;
  const config = properties.find(({ name }) => name === 'av1C' || name === 'hvcC');
  if (config?.name === 'av1C') {
    const flags = view.getUint8(config.start + 2);
    if (flags & 0x40) bits = 10;
    samples = flags & 0x10 ? 1 : flags & 0x08 ? (flags & 0x04 ? 1.5 : 2) : 3;
  } else if (config) {
    samples = [1, 1.5, 2, 3][view.getUint8(config.start + 16) & 3] ?? 3;
    bits = 8 + (view.getUint8(config.start + 17) & 7);
  }
  if (properties.some(({ name }) => name === 'auxC')) samples += 1;
  return samples * (bits > 8 ? 2 : 1);
}

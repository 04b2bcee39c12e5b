import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Bytes } from '#core/bytes.ts';
import { concatBytes, encodeUtf8 } from '#core/bytes.ts';
import { makePhoto } from './make-photos.ts';

const small = { width: 640, height: 480 };

const bytesOf = (buffer: Uint8Array): Bytes => new Uint8Array(buffer);
const ascii = (text: string): Bytes => encodeUtf8(text);

/** A small photo cut off in the middle of its picture data. */
export async function truncatedJpeg(): Promise<Bytes> {
  const whole = await makePhoto(7, small);
  return whole.slice(0, Math.floor(whole.length * 0.6));
}

/** A small photo with a stretch of its picture data overwritten. */
export async function corruptJpeg(): Promise<Bytes> {
  const broken = (await makePhoto(7, small)).slice();
  const middle = Math.floor(broken.length / 2);
  for (let at = middle; at < middle + 600; at++) broken[at] = (at * 193) & 0xff;
  return broken;
}

/** A PNG of one flat colour: `side` × `side` pixels in 1-bit grey, some hundred kilobytes for a billion pixels. */
export function pixelBombPng(side = 30_000): Bytes {
  const row = new Uint8Array(Math.ceil(side / 8) + 1);
  const rows = new Uint8Array(row.length * side);
  return png(side, side, { depth: 1, colour: 0 }, deflateSync(rows, { level: 1 }));
}

/** A PNG that says it has one picture's worth of rows and delivers a thousand. */
export function overfullPng(): Bytes {
  return png(100, 100, { depth: 8, colour: 2 }, deflateSync(new Uint8Array(301 * 100_000)));
}

/** A whole PNG of any size, RGBA with 16 bits a channel and interlaced: the dearest kind to decode for its pixels. */
export function heavyPng(width: number, height: number): Promise<Bytes> {
  return sharp({ create: { width, height, channels: 4, background: { r: 90, g: 140, b: 200, alpha: 0.5 } } })
    .toColourspace('rgb16')
    .png({ progressive: true, compressionLevel: 1 })
    .toBuffer()
    .then(bytesOf);
}

/** The largest AVIF that is decoded: no photo takes more memory (docs/decisions/022). */
export function largestAvif(): Promise<Bytes> {
  return sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#5a8cc8' } })
    .avif({ effort: 0 })
    .toBuffer()
    .then(bytesOf);
}

/** A progressive JPEG with so many empty scans, each of which walks over the whole picture. */
export async function scanBomb(scans: number, side = 3_000): Promise<Bytes> {
  const flat = sharp({ create: { width: side, height: side, channels: 3, background: '#888' } });
  const whole = bytesOf(await flat.jpeg({ progressive: true }).toBuffer());
  // The last scan refines; it may come again and again, each time with nothing in it.
  const start = Buffer.from(whole).lastIndexOf(Uint8Array.of(0xff, 0xda));
  const scan = whole.slice(start, -2);
  return concatBytes(whole.slice(0, -2), ...Array.from({ length: scans }, () => scan), whole.slice(-2));
}

/** A file of nothing but empty chunks, of EXIF unless named, as many as fit into so many bytes. */
export function chunkBomb(format: 'png' | 'webp', bytes: number, pngChunk = 'eXIf'): Bytes {
  const file = new Uint8Array(bytes);
  const view = new DataView(file.buffer);
  const write = (at: number, text: string) => file.set(ascii(text), at);
  if (format === 'webp') {
    write(0, 'RIFF');
    view.setUint32(4, bytes - 8, true);
    write(8, 'WEBP');
    for (let at = 12; at + 8 <= bytes; at += 8) write(at, 'EXIF');
    return file;
  }
  file.set(png(100, 100, { depth: 8, colour: 2 }, new Uint8Array()).subarray(0, 33));
  for (let at = 33; at + 12 <= bytes; at += 12) write(at + 4, pngChunk);
  return file;
}

/** A JPEG with hundreds of thousands of empty comments. */
export async function commentBomb(comments = 200_000): Promise<Bytes> {
  const photo = await makePhoto(7, small);
  const comment = Uint8Array.of(0xff, 0xfe, 0, 2);
  const all = new Uint8Array(comments * comment.length);
  for (let at = 0; at < all.length; at += comment.length) all.set(comment, at);
  return concatBytes(photo.slice(0, 2), all, photo.slice(2));
}

/** A GIF of one pixel, so many times. */
export function frameBomb(frames: number): Bytes {
  const frame = Uint8Array.of(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0);
  return concatBytes(
    ascii('GIF89a'),
    Uint8Array.of(1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255),
    ...Array.from({ length: frames }, () => frame),
    Uint8Array.of(0x3b),
  );
}

/** A GIF whose canvas is 65,535 pixels square with one pixel drawn. */
export function pixelBombGif(): Bytes {
  return concatBytes(
    ascii('GIF89a'),
    Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0, 255, 255, 255),
    Uint8Array.of(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b),
  );
}

/** An AVIF whose header says 30,000 × 30,000. */
export async function pixelBombAvif(): Promise<Bytes> {
  const avif = bytesOf(
    await sharp(await makePhoto(7, small))
      .avif({ effort: 0 })
      .toBuffer(),
  );
  const at = Buffer.from(avif).indexOf('ispe') + 8;
  const view = new DataView(avif.buffer);
  view.setUint32(at, 30_000);
  view.setUint32(at + 4, 30_000);
  return avif;
}

/** `frames` moving frames; the first is red, the others blue. */
export async function animated(format: 'gif' | 'webp', frames = 6): Promise<Bytes> {
  const width = 64;
  const height = 48;
  const pixels = new Uint8Array(width * height * frames * 3);
  for (let at = 0; at < pixels.length; at += 3) {
    const first = at < width * height * 3;
    // Each frame differs a little, or the encoder joins them into one.
    const shade = 255 - Math.floor(at / (width * height * 3));
    pixels.set(first ? [255, 0, 0] : [0, 0, shade], at);
  }
  const strip = sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } });
  const delay = Array.from({ length: frames }, () => 100);
  const made = format === 'gif' ? strip.gif({ delay }) : strip.webp({ delay, lossless: true });
  return bytesOf(await made.toBuffer());
}

/** 16 megapixels of moving frames, 800 × 500: nothing on the first, on each of the others a black bar at the top that grows. */
export async function largeAnimation(): Promise<Bytes> {
  const [width, height, frames] = [800, 500, 40];
  const pixels = new Uint8Array(width * height * frames * 3).fill(255);
  for (let frame = 1; frame < frames; frame++)
    pixels.fill(0, frame * width * height * 3, frame * width * height * 3 + width * 3 * (100 + frame));
  const strip = sharp(pixels, { raw: { width, height: height * frames, channels: 3, pageHeight: height } });
  return bytesOf(await strip.gif({ effort: 1 }).toBuffer());
}

export const htmlFile = (): Bytes =>
  ascii('<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>');

export const svgFile = (): Bytes =>
  ascii(
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>',
  );

export const pdfFile = (): Bytes =>
  ascii('%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF');

/** A GIF by its first bytes that a browser would also run as a script, its header hidden in a comment. */
export const scriptGif = (): Bytes => ascii('GIF89a/*\0\0\0\0*/=1;alert(document.domain)//<script>');

/** A good JPEG with a web page in the comment at its beginning. */
export async function htmlInJpeg(): Promise<Bytes> {
  const photo = await makePhoto(7, small);
  const page = ascii('<html><script>alert(1)</script></html>');
  return concatBytes(photo.slice(0, 2), Uint8Array.of(0xff, 0xfe, 0, page.length + 2), page, photo.slice(2));
}

/** A good JPEG with an archive and a page behind its end, as phones append films: shown, but nothing of it may stay. */
export async function jpegWithTrailer(trailer = 'CANARY-TRAILER'): Promise<Bytes> {
  return concatBytes(await makePhoto(7, small), ascii(`PK\x03\x04${trailer}<script>alert(1)</script>`));
}

/** The first box of an iPhone's HEIC file. */
export const heicFile = (): Bytes =>
  concatBytes(Uint8Array.of(0, 0, 0, 24), ascii('ftypheic\0\0\0\0mif1heic'), new Uint8Array(4_000));

export const filmFile = (): Bytes =>
  concatBytes(Uint8Array.of(0, 0, 0, 24), ascii('ftypmp42\0\0\0\0mp42isom'), new Uint8Array(4_000));

/** A JPEG with an EXIF block as large as the format allows, in ten segments. */
export async function hugeExif(): Promise<Bytes> {
  const photo = await makePhoto(7, small);
  const segment = new Uint8Array(65_535 + 2).fill(0x41);
  segment.set([0xff, 0xe1, 0xff, 0xff, ...ascii('Exif\0\0MM\0*\0\0\0\x08')]);
  return concatBytes(photo.slice(0, 2), ...Array.from({ length: 10 }, () => segment), photo.slice(2));
}

export async function cmykJpeg(): Promise<Bytes> {
  return bytesOf(
    await sharp(await makePhoto(7, small))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer(),
  );
}

export async function sixteenBitPng(): Promise<Bytes> {
  return bytesOf(
    await sharp(await makePhoto(7, small))
      .toColourspace('rgb16')
      .png()
      .toBuffer(),
  );
}

/** A glass window: a clear hole in an opaque red field. */
export async function transparentPicture(format: 'png' | 'webp' | 'gif' | 'avif'): Promise<Bytes> {
  const width = 200;
  const height = 120;
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const hole = x > 60 && x < 140 && y > 30 && y < 90;
      pixels.set(hole ? [0, 0, 0, 0] : [220, 30, 40, 255], at);
    }
  }
  return bytesOf(
    await sharp(pixels, { raw: { width, height, channels: 4 } })
      .toFormat(format)
      .toBuffer(),
  );
}

function png(
  width: number,
  height: number,
  type: { depth: number; colour: number },
  data: Uint8Array,
): Bytes {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([type.depth, type.colour, 0, 0, 0], 8);
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', new Uint8Array(0)),
  );
}

function pngChunk(name: string, data: Uint8Array): Bytes {
  const named = concatBytes(ascii(name), data);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, data.length);
  frame.setUint32(4, crc32(named));
  const bytes = new Uint8Array(frame.buffer);
  return concatBytes(bytes.slice(0, 4), named, bytes.slice(4));
}

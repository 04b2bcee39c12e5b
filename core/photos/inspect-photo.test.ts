import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import type { Bytes } from '#core/bytes.ts';
import { concatBytes, encodeUtf8 } from '#core/bytes.ts';
import { inspectPhoto } from '#core/photos/inspect-photo.ts';
import { readStructure } from '#core/photos/read-structure.ts';
import { sniffPhoto } from '#core/photos/sniff-photo.ts';
import { limits } from '#core/schemas/limits.ts';
import * as hostile from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

// A process starts, and pictures are painted, while the machine does other things.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

const size = { width: 320, height: 240 };
const inspect = async (bytes: Bytes) => inspectPhoto(bytes);

async function photoAs(format: 'jpeg' | 'png' | 'gif' | 'webp' | 'avif'): Promise<Bytes> {
  return new Uint8Array(
    await sharp(await makePhoto(1, size))
      .toFormat(format)
      .toBuffer(),
  );
}

describe('what is accepted', () => {
  test.each(['jpeg', 'png', 'gif', 'webp', 'avif'] as const)('%s is told by its content', async (format) => {
    expect(await inspect(await photoAs(format))).toMatchObject({ format, ...size });
  });

  test('a photo whose XMP is XML is a photo', async () => {
    expect(sniffPhoto(await makePhoto(1, size))).toBe('jpeg');
    const xmp = encodeUtf8('<?xpacket begin="" id="W5M0"?><?xml version="1.0"?><x:xmpmeta/>');
    expect(sniffPhoto(concatBytes(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1), xmp))).toBe('jpeg');
  });

  test('a photo with a page in its comment is a photo', async () => {
    expect(await inspect(await hostile.htmlInJpeg())).toMatchObject({ format: 'jpeg' });
  });

  test('an animation counts as its first frame', async () => {
    expect(await inspect(await hostile.animated('gif'))).toMatchObject({ width: 64, height: 48 });
    expect(await inspect(await hostile.animated('webp'))).toMatchObject({ width: 64, height: 48 });
  });
});

describe('what is refused, with a sentence that helps', () => {
  const documents: [string, () => Bytes | Promise<Bytes>, RegExp][] = [
    ['a web page', hostile.htmlFile, /document, not a photo/],
    ['an SVG', hostile.svgFile, /document, not a photo/],
    ['a PDF', hostile.pdfFile, /document, not a photo/],
    [
      'a PDF a little way into the file',
      () => concatBytes(new Uint8Array(900), hostile.pdfFile()),
      /document/,
    ],
    ['a script that begins as a GIF', hostile.scriptGif, /damaged/],
    ['only the first box of a HEIC', hostile.heicFile, /damaged/],
    ['a film', hostile.filmFile, /letters can only hold photos/],
    ['a TIFF', () => concatBytes(encodeUtf8('II*\0'), new Uint8Array(99)), /TIFF/],
    ['no bytes', () => new Uint8Array(0), /empty/],
    ['noise', () => Uint8Array.from({ length: 5_000 }, (_, at) => (at * 197 + 13) & 0xff), /isn’t a photo/],
    ['only the magic of a JPEG', () => Uint8Array.of(0xff, 0xd8, 0xff), /damaged/],
    ['only the magic of a PNG', () => hostile.pixelBombPng().slice(0, 8), /damaged/],
    ['the header of an AVIF alone', async () => (await photoAs('avif')).slice(0, 40), /damaged/],
  ];

  test.each(documents)('%s', async (_, make, sentence) => {
    await expect(inspect(await make())).rejects.toMatchObject({
      name: 'PhotoRefused',
      code: 'invalid-input',
      message: expect.stringMatching(sentence),
    });
  });

  test('a format that is hidden behind the magic of another', async () => {
    const photo = await makePhoto(1, size);
    const disguised = concatBytes(encodeUtf8('GIF89a'), photo);
    await expect(inspect(disguised)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('more bytes than a photo may have, whatever they are', async () => {
    const photo = await makePhoto(1, size);
    const padded = concatBytes(photo, new Uint8Array(limits.photoBytes - photo.length));
    expect(await inspect(padded)).toMatchObject({ format: 'jpeg' });
    await expect(inspect(concatBytes(padded, new Uint8Array(1)))).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('20 MB'),
    });
  });
});

describe('pixel bombs', () => {
  const bombs: [string, () => Bytes | Promise<Bytes>][] = [
    ['a flat PNG of 900 megapixels', () => hostile.pixelBombPng()],
    ['an AVIF that says 900 megapixels', hostile.pixelBombAvif],
    ['a PNG just over the limit', () => hostile.pixelBombPng(14_500)],
  ];

  test.each(bombs)('%s is refused from its header, without decoding', async (_, make) => {
    const bomb = await make();
    const before = process.memoryUsage.rss();
    const started = performance.now();
    await expect(inspect(bomb)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('megapixels'),
    });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(30_000_000);
  });

  test('a PNG just under the limit is accepted', async () => {
    expect(await inspect(hostile.pixelBombPng(14_400))).toMatchObject({ width: 14_400 });
  });
});

describe('a file of hundreds of thousands of chunks', () => {
  test.each(['png', 'webp'] as const)('%s is refused, and is not read to its end', async (format) => {
    const bomb = hostile.chunkBomb(format, 4_000_000);
    await expect(inspect(bomb)).rejects.toThrow();
    const reads = vi.spyOn(DataView.prototype, 'getUint32');
    readStructure(bomb, format);
    // A few numbers of each chunk, up to the bound.
    expect(reads.mock.calls.length).toBeLessThan(20_000);
    reads.mockRestore();
  });

  test('is refused as well when they are said to be pixels', async () => {
    const bomb = hostile.chunkBomb('png', 4_000_000, 'IDAT');
    await expect(inspect(bomb)).rejects.toThrow();
    expect(readStructure(bomb, 'png')?.parts).toBeGreaterThan(5_000);
  });
});

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '#core/bytes.ts';
import { readDimensions } from '#core/photos/read-dimensions.ts';
import { sniffPhoto } from '#core/photos/sniff-photo.ts';
import { pixelBombGif, pixelBombPng } from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

const bytesOf = (buffer: Buffer): Bytes => new Uint8Array(buffer);
const picture = sharp({ create: { width: 321, height: 123, channels: 4, background: '#3399aa80' } });
const read = (bytes: Bytes) => readDimensions(bytes, sniffPhoto(bytes));

describe('the size in a photo’s header', () => {
  it.each([
    ['PNG', () => picture.clone().png()],
    ['GIF', () => picture.clone().gif()],
    ['WebP with an alpha channel', () => picture.clone().webp()],
    ['WebP without loss', () => picture.clone().webp({ lossless: true })],
    ['plain WebP', () => picture.clone().removeAlpha().webp()],
    ['JPEG', () => picture.clone().removeAlpha().jpeg()],
    ['progressive JPEG', () => picture.clone().removeAlpha().jpeg({ progressive: true })],
  ])('is read from a %s', async (_kind, make) => {
    expect(read(bytesOf(await make().toBuffer()))).toEqual({ width: 321, height: 123 });
  });

  it('is read past the notes of a camera, before turning', async () => {
    const photo = await makePhoto(3, { width: 640, height: 480, orientation: 6 });
    expect(read(photo)).toEqual({ width: 640, height: 480 });
  });

  it('is read from a bomb without lighting it', () => {
    expect(read(pixelBombPng(20_000))).toEqual({ width: 20_000, height: 20_000 });
    expect(read(pixelBombGif())).toEqual({ width: 65_535, height: 65_535 });
  });

  it('is left to the decoder where the header is cut short or of another kind', async () => {
    const photo = await makePhoto(3, { width: 640, height: 480 });
    for (const length of [3, 4, 20, 40]) expect(read(photo.slice(0, length))).toBeNull();
    expect(readDimensions(new Uint8Array(5), 'png')).toBeNull();
    expect(readDimensions(new Uint8Array(30), 'webp')).toBeNull();
    expect(readDimensions(photo, 'avif')).toBeNull();
  });
});

import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { concatBytes } from '#core/bytes.ts';
import { inspectPhoto } from '#core/photos/inspect-photo.ts';
import { orientationOfTurns } from '#core/photos/structure/orientation.ts';
import { readCase } from '#tests/support/cases/read-case.ts';
import * as hostile from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

// A process starts, and pictures are painted, while the machine does other things.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

const size = { width: 321, height: 123 };
const picture = sharp({ create: { ...size, channels: 4, background: '#3399aa80' } });
const opaque = () => picture.clone().removeAlpha();
const still = { ...size, orientation: 1, frames: 1, isCut: false };

describe('what is read of a photo before it is decoded', () => {
  it.each([
    ['PNG', () => picture.clone().png(), { ...still, scans: 1, sampleBytes: 4 }],
    ['interlaced PNG', () => opaque().png({ progressive: true }), { ...still, scans: 7, sampleBytes: 3 }],
    ['GIF', () => picture.clone().gif(), still],
    ['WebP with an alpha channel', () => picture.clone().webp(), still],
    ['WebP without loss', () => picture.clone().webp({ lossless: true }), still],
    ['plain WebP', () => opaque().webp(), { ...still, sampleBytes: 3 }],
    ['JPEG', () => opaque().jpeg(), { ...still, scans: 1, sampleBytes: 1.5, interlaced: false }],
    [
      'progressive JPEG',
      () => opaque().jpeg({ progressive: true }),
      { ...still, scans: 10, interlaced: true },
    ],
    [
      'JPEG at full colour',
      () => opaque().jpeg({ chromaSubsampling: '4:4:4' }),
      { ...still, sampleBytes: 3 },
    ],
    ['AVIF', () => picture.clone().avif({ effort: 0 }), { ...still, sampleBytes: 4 }],
    ['AVIF of 10 bits', () => opaque().avif({ effort: 0, bitdepth: 10 }), { ...still, sampleBytes: 6 }],
  ] as const)('size, frames and scans of a %s', async (_kind, make, expected) => {
    expect(inspectPhoto(await make().toBuffer())).toMatchObject(expected);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i, of a JPEG, a PNG and a WebP', async (orientation) => {
    const turned = () => opaque().withMetadata({ orientation });
    for (const made of [turned().jpeg(), turned().png(), turned().webp()]) {
      expect(inspectPhoto(await made.toBuffer())).toMatchObject({ ...still, orientation });
    }
  });

  it('orientation of an AVIF, and how several turns make one', async () => {
    expect(inspectPhoto(await readCase('pass/42-avif-irot90.avif'))).toMatchObject({ orientation: 8 });
    expect(orientationOfTurns([])).toBe(1);
    expect(orientationOfTurns([{ anticlockwise: 3 }])).toBe(6);
    expect(orientationOfTurns([{ mirror: 'left-right' }])).toBe(2);
    expect(orientationOfTurns([{ mirror: 'top-bottom' }])).toBe(4);
    // Turned right, and what was left is then on top: mirrored again it is EXIF's 5.
    expect(orientationOfTurns([{ anticlockwise: 3 }, { mirror: 'left-right' }])).toBe(5);
    expect(orientationOfTurns([{ mirror: 'left-right' }, { anticlockwise: 3 }])).toBe(7);
  });

  it('the frames of an animation', async () => {
    for (const kind of ['gif', 'webp'] as const) {
      const moving = await hostile.animated(kind, 17);
      const { pages } = await sharp(moving).metadata();
      expect(pages).toBeGreaterThan(2);
      expect(inspectPhoto(moving)).toMatchObject({ width: 64, height: 48, frames: pages });
    }
  });

  it('is read past the notes of a camera, and ends where the photo ends', async () => {
    const photo = await makePhoto(3, { width: 640, height: 480, orientation: 6 });
    const expected = { width: 640, height: 480, orientation: 6, isCut: false };
    expect(inspectPhoto(photo)).toMatchObject(expected);
    expect(inspectPhoto(concatBytes(photo, photo))).toMatchObject({ ...expected, scans: 1 });
    expect(inspectPhoto(photo.slice(0, -2))).toMatchObject({ ...expected, isCut: true });
  });
});

describe('what is refused by its structure', () => {
  it('bombs of pixels, scans and parts, each in one pass over their bytes', async () => {
    const bombs: [Uint8Array, string][] = [
      [hostile.pixelBombPng(), 'megapixels'],
      [hostile.pixelBombGif(), 'megapixels'],
      [await hostile.pixelBombAvif(), 'megapixels'],
      [await hostile.scanBomb(5_000), 'complex'],
      [await hostile.scanBomb(65), 'complex'],
      [await hostile.commentBomb(), 'complex'],
      [hostile.frameBomb(20_000), 'complex'],
    ];
    for (const [bomb, says] of bombs) expect(() => inspectPhoto(bomb)).toThrow(says);
  });

  it('as damaged: a header cut short, or a second one in it', async () => {
    const photo = await makePhoto(3, { width: 640, height: 480 });
    for (const length of [3, 4, 20, 40])
      expect(() => inspectPhoto(photo.slice(0, length))).toThrow('damaged');
    const at = photo.findIndex((byte, n) => byte === 0xff && photo[n + 1] === 0xc0);
    const frame = photo.slice(at, at + 19);
    const twice = concatBytes(photo.slice(0, at), frame, photo.slice(at));
    expect(() => inspectPhoto(twice)).toThrow('damaged');
  });

  it('nothing else: any damage is read to an end', async () => {
    const kinds = ['jpeg', 'png', 'gif', 'webp', 'avif'] as const;
    for (const kind of kinds) {
      const whole = await opaque().toFormat(kind, { effort: 1 }).toBuffer();
      for (let round = 0; round < 300; round++) {
        const damaged = Uint8Array.from(whole);
        for (let flip = 0; flip < 6; flip++)
          damaged[(round * 7919 + flip * 104_729) % damaged.length] = (round * 31 + flip * 57) & 0xff;
        try {
          expect(inspectPhoto(damaged).frames).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ name: 'PhotoRefused' });
        }
      }
    }
  });
});

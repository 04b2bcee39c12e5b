import sharp, { type WebpOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { joinWebpFrames } from '#core/photos/join-webp-frames.ts';
import { readStructure } from '#core/photos/read-structure.ts';

const size = { width: 33, height: 21 };
const colours = [
  [220, 30, 30],
  [30, 180, 60],
  [40, 60, 210],
] as const;

async function still([r, g, b]: readonly [number, number, number], options: WebpOptions = {}, alpha = 1) {
  const background = { r, g, b, alpha };
  const webp = await sharp({ create: { ...size, channels: 4, background } })
    .withMetadata()
    .webp(options)
    .toBuffer();
  return { webp, milliseconds: 70 };
}

describe('stills joined into an animated WebP', () => {
  it('are its pages, each shown as long as it should be', async () => {
    const frames = await Promise.all(colours.map((colour) => still(colour)));
    const joined = joinWebpFrames(
      frames.map((frame, n) => ({ ...frame, milliseconds: 40 * n + 20 })),
      size,
      3,
    );
    const { format, pages, delay, loop, width, pageHeight, hasAlpha, exif, icc } = await sharp(joined, {
      animated: true,
    }).metadata();
    expect({ format, pages, delay, loop, width, pageHeight, hasAlpha }).toEqual({
      ...{ format: 'webp', pages: 3, delay: [20, 60, 100], loop: 3, width: 33, pageHeight: 21 },
      hasAlpha: false,
    });
    expect([exif, icc]).toEqual([undefined, undefined]);
    for (const [page, colour] of colours.entries()) {
      const { channels } = await sharp(joined, { page }).stats();
      for (const [channel, value] of colour.entries())
        expect(Math.abs((channels[channel]?.mean ?? 999) - value)).toBeLessThan(5);
    }
    expect(readStructure(joined, 'webp')).toMatchObject({ ...size, frames: 3, isCut: false });
  });

  it('may be seen through, and each replaces the one before it', async () => {
    const frames = await Promise.all([still(colours[0]), still(colours[1], { lossless: true }, 0.5)]);
    const joined = joinWebpFrames(frames, size, 0);
    expect(await sharp(joined, { animated: true }).metadata()).toMatchObject({
      ...{ pages: 2, loop: 0, hasAlpha: true },
    });
    const { channels } = await sharp(joined, { page: 1 }).stats();
    expect(channels[3]?.mean).toBeCloseTo(128, -1);
  });

  it('are whole even if a part has an odd length', async () => {
    const plain = await still(colours[0]);
    const file = Buffer.from(plain.webp);
    // A chunk of one byte, and one that fills it up, before the picture.
    const odd = Buffer.concat([
      file.subarray(0, 12),
      Buffer.from('XMP \x01\0\0\0x\0', 'latin1'),
      file.subarray(12),
    ]);
    const joined = joinWebpFrames([{ ...plain, webp: odd }, plain], size, 1);
    expect(joined.length % 2).toBe(0);
    expect((await sharp(joined, { animated: true }).metadata()).pages).toBe(2);
  });

  it('must be WebP', async () => {
    const webp = await sharp({ create: { ...size, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    expect(() => joinWebpFrames([{ webp, milliseconds: 1 }], size, 0)).toThrow(RangeError);
  });
});

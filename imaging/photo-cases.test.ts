import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Bytes } from '#core/bytes.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { preparePhoto } from '#imaging/prepare-photo.ts';
import { createPhotoProcessor } from '#server/photos/process-photo.ts';
import { readCase } from '#tests/support/cases/read-case.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

// A process starts, and pictures are painted, while the machine does other things.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

const processor = createPhotoProcessor();
afterAll(() => processor.close());

const [RED, GREEN, BLUE, YELLOW] = [
  [220, 30, 30],
  [30, 180, 60],
  [40, 60, 210],
  [240, 210, 40],
];
/** The same numbers, said to be Display P3. */
const GREEN_OF_P3 = [0, 183, 31];

/** The middle of each quarter, left to right and top to bottom. */
async function quartersOf(picture: Bytes) {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  return [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
      return [...data.subarray(at, at + 3)];
    }),
  );
}
function expectColour(found: number[] | undefined, right: number[] | undefined, tolerance = 2) {
  const apart = Math.max(...[0, 1, 2].map((n) => Math.abs((found?.[n] ?? -99) - (right?.[n] ?? 0))));
  expect(apart, `${found} for ${right}`).toBeLessThanOrEqual(tolerance);
}

/** The server's own process, and the client's way: one and the same. */
const ways: [string, (bytes: Bytes) => Promise<PreparedPhoto>][] = [
  ['server', processor.processPhoto],
  ['client', preparePhoto],
];

describe.each(ways)('photos as people have them, by the %s', (_way, prepare) => {
  test.each([
    ['01-samsung-sos.jpg', GREEN],
    ['40-16bit-srgb-icc.png', GREEN],
    ['40-16bit-rgba-srgb-icc.png', GREEN],
    ['40-16bit-p3-icc.png', GREEN_OF_P3],
    ['40-8bit-p3-cicp.png', GREEN_OF_P3],
    ['42-avif-10bit-srgbicc.avif', GREEN],
    ['42-avif-p3-nclx.avif', [0, 183, 28]],
    ['45-jpg-comment-html.jpg', GREEN],
    ['48-heic-p3-icc.heic', [0, 183, 28]],
    ['48-heic-srgb.heic', GREEN],
    ['pass/03-trailing-mp4.jpg', GREEN],
    ['pass/26-webp-named.jpg', GREEN],
    ['pass/41-png-bad-iccp.png', GREEN],
    ['pass/44-jpg-truncated-icc.jpg', GREEN],
    ['pass/47-mpo.jpg', GREEN],
  ])('%s has the right green', async (name, green) => {
    const made = await prepare(await readCase(name));
    expect(made).toMatchObject({ mediaType: 'image/jpeg', standsStill: false });
    for (const picture of [made.full, made.preview]) expectColour((await quartersOf(picture))[1], green);
  });

  test('orientation of a JPEG with a profile, and of an AVIF', async () => {
    const jpeg = await prepare(await readCase('pass/11-p3-or6.jpg'));
    expect(jpeg).toMatchObject({ width: 320, height: 480 });
    expectColour((await quartersOf(jpeg.full))[1], RED, 6);
    const avif = await prepare(await readCase('pass/42-avif-irot90.avif'));
    expect(avif).toMatchObject({ width: 120, height: 160 });
    const right = [GREEN, YELLOW, RED, BLUE];
    for (const [n, colour] of (await quartersOf(avif.full)).entries()) expectColour(colour, right[n], 4);
  });

  test.each([
    ['20-pixel50mp-8160x6144.jpg', 2048, 1542],
    ['21-progressive444-4000x3000.jpg', 2048, 1536],
    ['22-avif-12mp.avif', 2048, 1536],
  ])('%s is taken and shrunk', async (name, width, height) => {
    expect(await prepare(await readCase(name))).toMatchObject({ width, height });
  });

  test('a long screenshot keeps its words', async () => {
    const made = await prepare(await readCase('24-long-screenshot-1080x8000.png'));
    expect(made.width).toBeGreaterThanOrEqual(800);
    expect(made.height / made.width).toBeCloseTo(8000 / 1080, 1);
  });

  test('an animation keeps moving', async () => {
    const made = await prepare(await readCase('27-anim.gif'));
    expect(made).toMatchObject({ mediaType: 'image/webp', standsStill: false });
    expect((await sharp(made.full).metadata()).pages).toBe(3);
  });

  test('a photo without its end marker is taken, one that is cut off is not', async () => {
    const photo = await makePhoto(7, { width: 640, height: 480 });
    expect(await prepare(photo.slice(0, -2))).toMatchObject({ width: 640, height: 480 });
    for (const cut of [photo.slice(0, -4_000), await readCase('names-second-file-truncated.jpg')])
      await expect(prepare(cut)).rejects.toMatchObject({ message: expect.stringContaining('damaged') });
  });

  test('a PNG says its gamma without a profile', async () => {
    const grey = sharp({
      create: { width: 64, height: 64, channels: 3, background: { r: 128, g: 128, b: 128 } },
    });
    const png = new Uint8Array(await grey.png().toBuffer());
    const { data } = await sharp((await prepare(withGamma(png, 1))).full)
      .raw()
      .toBuffer({ resolveWithObject: true });
    // Half of the light is 188 in sRGB.
    expectColour([...data.subarray(0, 3)], [188, 188, 188]);
  });
});

/** Puts a gAMA chunk behind the header. */
function withGamma(png: Bytes, gamma: number): Bytes {
  const chunk = Buffer.alloc(16);
  chunk.writeUInt32BE(4, 0);
  chunk.write('gAMA', 4, 'latin1');
  chunk.writeUInt32BE(Math.round(gamma * 100_000), 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 12)), 12);
  return new Uint8Array(Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]));
}

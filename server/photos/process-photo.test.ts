import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Bytes } from '#core/bytes.ts';
import { createPhotoProcessor } from '#server/photos/process-photo.ts';
import * as hostile from '#tests/support/make-hostile-photos.ts';
import { cameraMarks, makePhoto } from '#tests/support/make-photos.ts';

// A process starts, and pictures are painted, while the machine does other things.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

const processor = createPhotoProcessor();
const { processPhoto } = processor;
afterAll(() => processor.close());
/** Wider than the stored size, so that it is shrunk. */
const medium = { width: 2400, height: 1600 };
const small = { width: 640, height: 480 };

// Painting a large photo takes seconds on a busy machine; afterwards it lies in the temporary folder.
beforeAll(async () => {
  await Promise.all([makePhoto(1), makePhoto(2, { orientation: 6 }), makePhoto(4, medium)]);
}, 120_000);

async function pixelsOf(picture: Bytes) {
  const { data, info } = await sharp(picture)
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const offset =
      (Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1))) * info.channels;
    return [...data.subarray(offset, offset + info.channels)];
  };
  return { data, info, at };
}

/** Distance of two colours in the largest channel. */
const apart = (a: number[], b: number[]) =>
  Math.max(...b.map((value, c) => Math.abs(value - (a[c] as number))));

describe('sizes', () => {
  test('a 12-megapixel photo becomes 2048 px and a 480 px preview of the same shape', async () => {
    const made = await processPhoto(await makePhoto(1));
    expect(made).toMatchObject({ width: 2048, height: 1536, mediaType: 'image/jpeg' });
    expect(await sharp(made.full).metadata()).toMatchObject({ format: 'jpeg', width: 2048, height: 1536 });
    expect(await sharp(made.preview).metadata()).toMatchObject({ format: 'jpeg', width: 480, height: 360 });
    expect(made.full.length).toBeLessThan(900_000);
    expect(made.preview.length).toBeLessThan(80_000);
  });

  test('a small picture is not blown up', async () => {
    const made = await processPhoto(await makePhoto(1, { width: 300, height: 200 }));
    expect(made).toMatchObject({ width: 300, height: 200 });
    expect(await sharp(made.preview).metadata()).toMatchObject({ width: 300, height: 200 });
  });

  test('a picture of one pixel and a very long one pass', async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect(await processPhoto(new Uint8Array(dot))).toMatchObject({ width: 1, height: 1 });
    const strip = await sharp({ create: { width: 9_000, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect(await processPhoto(new Uint8Array(strip))).toMatchObject({ width: 9_000, height: 2 });
  });
});

describe('upright', () => {
  /** Red top left, green top right, blue bottom left, as a viewer sees it; stored turned as the orientation says. */
  async function marked(orientation: number): Promise<Bytes> {
    const [wide, high] = [240, 160];
    const pixels = new Uint8Array(wide * high * 3).fill(255);
    for (let y = 0; y < high; y++) {
      for (let x = 0; x < wide; x++) {
        const left = x < wide / 2;
        const top = y < high / 2;
        const colour = top ? (left ? [255, 0, 0] : [0, 255, 0]) : left ? [0, 0, 255] : [255, 255, 255];
        pixels.set(colour, (y * wide + x) * 3);
      }
    }
    // The inverse of what each orientation asks a viewer to do (EXIF 2.32, 4.6.4): first turned, then mirrored.
    const turns = [0, 0, 180, 180, 90, 270, 270, 90][orientation - 1];
    const upright = sharp(pixels, { raw: { width: wide, height: high, channels: 3 } });
    const turned = sharp(await upright.rotate(turns).png().toBuffer());
    const raw = await ([2, 4, 5, 7].includes(orientation) ? turned.flop() : turned).png().toBuffer();
    return new Uint8Array(await sharp(raw).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer());
  }

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i', async (orientation) => {
    const file = await marked(orientation);
    expect((await sharp(file).metadata()).orientation).toBe(orientation);
    const made = await processPhoto(file);
    expect(made).toMatchObject({ width: 240, height: 160 });
    for (const picture of [made.full, made.preview]) {
      const { at } = await pixelsOf(picture);
      expect(apart(at(0.2, 0.2), [255, 0, 0])).toBeLessThan(12);
      expect(apart(at(0.8, 0.2), [0, 255, 0])).toBeLessThan(12);
      expect(apart(at(0.2, 0.8), [0, 0, 255])).toBeLessThan(12);
      expect(apart(at(0.8, 0.8), [255, 255, 255])).toBeLessThan(12);
      expect((await sharp(picture).metadata()).orientation).toBeUndefined();
    }
  });

  test('a large portrait photo, shrunk on the way, is upright too', async () => {
    expect(await processPhoto(await makePhoto(2, { orientation: 6 }))).toMatchObject({
      width: 1536,
      height: 2048,
    });
  });
});

describe('nothing of the camera stays', () => {
  const marks = [
    cameraMarks.make,
    cameraMarks.owner,
    cameraMarks.description,
    cameraMarks.xmp,
    'Exif',
    'GPS',
    'xmpmeta',
    'ICC_PROFILE',
  ];

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('from %s', async (format) => {
    const file = new Uint8Array(
      await sharp(await makePhoto(3, small))
        .keepMetadata()
        .toFormat(format, { effort: 1 })
        .toBuffer(),
    );
    const before = await sharp(file).metadata();
    expect(before.exif && before.icc && before.xmp).toBeTruthy();
    const made = await processPhoto(file);
    for (const picture of [made.full, made.preview]) {
      const { exif, icc, iptc, xmp, comments, tifftagPhotoshop } = await sharp(picture).metadata();
      expect({ exif, icc, iptc, xmp, comments, tifftagPhotoshop }).toEqual({});
      for (const mark of marks) expect(Buffer.from(picture).includes(mark), mark).toBe(false);
    }
  });

  test('the marks are found in the file before: the search above can fail', async () => {
    const file = Buffer.from(await makePhoto(3, small));
    for (const mark of [cameraMarks.make, cameraMarks.owner, cameraMarks.xmp, 'Exif']) {
      expect(file.includes(mark), mark).toBe(true);
    }
  });

  test('what follows the end of the photo is dropped', async () => {
    const made = await processPhoto(await hostile.jpegWithTrailer('CANARY-TRAILER'));
    for (const picture of [made.full, made.preview]) {
      expect(Buffer.from(picture).includes('CANARY-TRAILER')).toBe(false);
      expect(Buffer.from(picture).includes('<script')).toBe(false);
    }
  });

  test('an EXIF block of 650 kB is read over', async () => {
    const made = await processPhoto(await hostile.hugeExif());
    expect(made).toMatchObject(small);
    expect(Buffer.from(made.full).includes('AAAAAAAA')).toBe(false);
  });
});

describe('colours', () => {
  test('a display profile is converted after shrinking to what converting before gives', async () => {
    const file = await makePhoto(4, medium);
    const ours = await pixelsOf((await processPhoto(file)).full);
    const plain = await sharp(file).resize(2048, 1365, { fit: 'fill' }).jpeg({ quality: 82 }).toBuffer();
    const theirs = await pixelsOf(new Uint8Array(plain));
    let sum = 0;
    for (let at = 0; at < ours.data.length; at++) {
      sum += Math.abs((ours.data[at] as number) - (theirs.data[at] as number));
    }
    expect(sum / ours.data.length).toBeLessThan(1);

    const unconverted = await pixelsOf(
      new Uint8Array(
        await sharp(file, { ignoreIcc: true }).resize(2048, 1365, { fit: 'fill' }).jpeg().toBuffer(),
      ),
    );
    let without = 0;
    for (let at = 0; at < ours.data.length; at++) {
      without += Math.abs((ours.data[at] as number) - (unconverted.data[at] as number));
    }
    expect(without / ours.data.length).toBeGreaterThan(2);
  });

  test.each([
    ['CMYK', hostile.cmykJpeg],
    ['16 bits a channel', hostile.sixteenBitPng],
    [
      'grey',
      async () =>
        new Uint8Array(
          await sharp(await makePhoto(7, small))
            .greyscale()
            .png()
            .toBuffer(),
        ),
    ],
  ] as const)('%s comes out as the same picture in sRGB', async (name, make) => {
    const made = await processPhoto(await make());
    expect(made).toMatchObject({ ...small, mediaType: 'image/jpeg' });
    const ours = await pixelsOf(made.full);
    const source = sharp(await makePhoto(7, small));
    const expected = await pixelsOf(
      new Uint8Array(await (name === 'grey' ? source.greyscale() : source).jpeg().toBuffer()),
    );
    const tolerance = name === 'CMYK' ? 60 : 30;
    for (const [x, y] of [
      [0.1, 0.02],
      [0.5, 0.5],
      [0.9, 0.95],
    ] as const) {
      expect(apart(ours.at(x, y).slice(0, 3), expected.at(x, y).slice(0, 3))).toBeLessThan(tolerance);
    }
    expect((await sharp(made.full).metadata()).depth).toBe('uchar');
  });
});

describe('transparency', () => {
  test.each(['png', 'webp', 'gif', 'avif'] as const)('of a %s lies on white paper', async (format) => {
    const made = await processPhoto(await hostile.transparentPicture(format));
    expect(made.mediaType).toBe('image/jpeg');
    for (const picture of [made.full, made.preview]) {
      const { at } = await pixelsOf(picture);
      expect(apart(at(0.5, 0.5), [255, 255, 255])).toBeLessThan(4);
      expect(apart(at(0.1, 0.1), [220, 30, 40])).toBeLessThan(12);
    }
  });

  test('a drawing in white ink lies on dark paper', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="45" height="60" fill="#fff"/></svg>';
    const made = await processPhoto(new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer()));
    const { at } = await pixelsOf(made.full);
    expect(apart(at(0.2, 0.5), [255, 255, 255])).toBeLessThan(8);
    expect(apart(at(0.8, 0.5), [34, 34, 34])).toBeLessThan(8);
  });
});

describe('animations', () => {
  test.each(['gif', 'webp'] as const)('of a small %s keep moving, as long as before', async (format) => {
    const file = await hostile.animated(format);
    const made = await processPhoto(file);
    expect(made).toMatchObject({ width: 64, height: 48, mediaType: 'image/webp', standsStill: false });
    // An encoder may join frames that are alike; how long all of it takes stays.
    const lasts = async (picture: Bytes) =>
      (await sharp(picture).metadata()).delay?.reduce((sum, each) => sum + each, 0);
    for (const picture of [made.full, made.preview]) {
      expect((await sharp(picture).metadata()).pages).toBeGreaterThan(1);
      expect(await lasts(picture)).toBe(await lasts(file));
    }
  });

  test('of a large one become its first frame with something on it', async () => {
    const made = await processPhoto(await hostile.largeAnimation());
    expect(made).toMatchObject({ width: 800, height: 500, mediaType: 'image/jpeg', standsStill: true });
    const { at } = await pixelsOf(made.full);
    expect(apart(at(0.5, 0.05), [0, 0, 0])).toBeLessThan(12);
    expect(apart(at(0.5, 0.95), [255, 255, 255])).toBeLessThan(12);
  });
});

describe('damaged and hostile files', () => {
  test.each([
    ['cut off', hostile.truncatedJpeg],
    ['overwritten in the middle', hostile.corruptJpeg],
    [
      'a PNG cut off',
      async () => {
        const whole = await sharp(await makePhoto(7, small))
          .png()
          .toBuffer();
        return new Uint8Array(whole.subarray(0, whole.length >> 1));
      },
    ],
    [
      'a WebP cut off',
      async () => {
        const whole = await sharp(await makePhoto(7, small))
          .webp()
          .toBuffer();
        return new Uint8Array(whole.subarray(0, whole.length >> 1));
      },
    ],
    [
      'an AVIF cut off',
      async () => {
        const whole = await sharp(await makePhoto(7, small))
          .avif({ effort: 0 })
          .toBuffer();
        return new Uint8Array(whole.subarray(0, whole.length >> 1));
      },
    ],
  ] as const)('%s: refused, not guessed at', async (_, make) => {
    await expect(processPhoto(await make())).rejects.toMatchObject({
      name: 'AppError',
      code: 'invalid-input',
      message: expect.stringMatching(/damaged|not a photo/),
    });
  });

  test('a PNG with more rows than it says yields the ones it said', async () => {
    expect(await processPhoto(hostile.overfullPng())).toMatchObject({ width: 100, height: 100 });
  });

  test('a GIF with a canvas of 4,295 megapixels and one pixel takes no memory', async () => {
    const before = process.memoryUsage.rss();
    await processPhoto(hostile.pixelBombGif()).catch((error) => expect(error.name).toBe('AppError'));
    expect(process.memoryUsage.rss() - before).toBeLessThan(60_000_000);
  });

  test('random damage anywhere in a photo either passes as a picture or is refused kindly', async () => {
    const whole = await makePhoto(8, { width: 200, height: 150 });
    for (let round = 0; round < 60; round++) {
      const damaged = whole.slice();
      for (let flip = 0; flip < 8; flip++) {
        const at = (round * 7919 + flip * 104729) % damaged.length;
        damaged[at] = (damaged[at] as number) ^ (1 << flip);
      }
      await processPhoto(damaged).then(
        (made) => expect(made.width).toBeGreaterThan(0),
        (error) => expect(error.name).toBe('AppError'),
      );
    }
  });
});

test('the same file gives the same bytes', async () => {
  const file = await makePhoto(6, small);
  const [one, two] = await Promise.all([processPhoto(file), processPhoto(file)]);
  expect(one).toEqual(two);
  expect(one.full.buffer).toBeInstanceOf(ArrayBuffer);
});

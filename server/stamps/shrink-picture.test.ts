import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPhotoProcessor } from '#server/photos/process-photo.ts';
import { shrinkPicture } from '#server/stamps/shrink-picture.ts';
import {
  animated,
  cmykJpeg,
  corruptJpeg,
  filmFile,
  heavyPng,
  heicFile,
  htmlFile,
  jpegWithTrailer,
  pdfFile,
  pixelBombAvif,
  pixelBombPng,
  scriptGif,
  sixteenBitPng,
  svgFile,
  transparentPicture,
  truncatedJpeg,
} from '#tests/support/make-hostile-photos.ts';
import { cameraMarks, makePhoto } from '#tests/support/make-photos.ts';
import { somePicture } from '#tests/support/painter-server.ts';

// As in the server: its decoders are guarded.
createPhotoProcessor();

describe('the picture of a stamp', () => {
  it.each([
    ['a PNG', () => somePicture()],
    [
      'a photo of a phone, lying on its side',
      () => makePhoto(3, { width: 900, height: 600, orientation: 6 }),
    ],
    ['something small', () => transparentPicture('gif')],
    ['a film strip of a WebP', () => animated('webp')],
    ['a PNG of 16 bits', () => sixteenBitPng()],
    ['a JPEG for the printer', () => cmykJpeg()],
    ['a JPEG with an archive behind it', () => jpegWithTrailer('CANARY-TRAILER')],
  ])('is a square WebP of 512 px, opaque and in sRGB, made of %s', async (_what, make) => {
    const stamp = await shrinkPicture(await make());
    expect(await sharp(stamp).metadata()).toMatchObject({
      format: 'webp',
      width: 512,
      height: 512,
      space: 'srgb',
      hasAlpha: false,
    });
    expect(stamp.length).toBeLessThan(200_000);
  });

  it('has no word of what else was in the file', async () => {
    const stamp = await shrinkPicture(await makePhoto(3, { width: 900, height: 600, orientation: 6 }));
    const text = Buffer.from(stamp).toString('latin1');
    for (const mark of [cameraMarks.make, cameraMarks.owner, cameraMarks.xmp, 'Exif', 'ICC']) {
      expect(text).not.toContain(mark);
    }
  });

  it.each([
    ['a page', () => htmlFile(), 'not-a-picture'],
    ['an SVG', () => svgFile(), 'not-a-picture'],
    ['a document', () => pdfFile(), 'not-a-picture'],
    ['a script', () => scriptGif(), 'not-a-picture'],
    ['a HEIC', () => heicFile(), 'not-a-picture'],
    ['a film', () => filmFile(), 'not-a-picture'],
    ['nothing', () => new Uint8Array(), 'not-a-picture'],
    ['half a photo', () => truncatedJpeg(), 'not-a-picture'],
    ['a broken photo', () => corruptJpeg(), 'not-a-picture'],
    ['a bomb of a PNG', () => pixelBombPng(), 'too-large'],
    ['a bomb of an AVIF', () => pixelBombAvif(), 'too-large'],
    ['more than 16 megapixels', () => heavyPng(4_200, 4_200), 'too-large'],
  ])('is not made of %s', async (_what, make, code) => {
    await expect(shrinkPicture(await make())).rejects.toMatchObject({ name: 'PainterRefused', code });
  });
});

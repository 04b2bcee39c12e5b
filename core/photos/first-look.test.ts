import { expect, it } from 'vitest';
import { refusalAtFirstLook } from '#core/photos/first-look.ts';
import { limits } from '#core/schemas/limits.ts';
import { corruptJpeg, filmFile, heicFile, htmlFile, pdfFile } from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

const look = (...parts: BlobPart[]) => refusalAtFirstLook(new Blob(parts));

it('says what is no photo, by its beginning and its size', async () => {
  expect(await look()).toMatch(/empty/);
  expect(await look(htmlFile())).toMatch(/document/);
  expect(await look(pdfFile())).toMatch(/document/);
  expect(await look(filmFile())).toMatch(/video/);
  expect(await look('only words')).toMatch(/isn’t a photo/);
  expect(await look(new Uint8Array(limits.photoBytes + 1))).toMatch(/over 20 MB/);
});

it('leaves to the whole look what may be one', async () => {
  expect(await look(await makePhoto(1, { width: 40, height: 30 }))).toBeNull();
  expect(await look(await corruptJpeg(), new Uint8Array(2_000))).toBeNull();
  expect(await look(heicFile())).toBeNull();
});

it('reads no more than the beginning', async () => {
  const file = new File([htmlFile(), new Uint8Array(10_000_000)], 'page.jpg');
  file.arrayBuffer = () => Promise.reject(new Error('read as a whole'));
  expect(await refusalAtFirstLook(file)).toMatch(/document/);
});

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PhotoAnswer, PhotoRequest, PhotoToOpen } from '#app/browser/photos/photo-messages.ts';
import { stubCanvas } from '#tests/support/fake-canvas.ts';
import { cameraMarks, makePhoto } from '#tests/support/make-photos.ts';

/** Whoever listens to what the page asks. */
let listener: (event: { data: PhotoRequest }) => void;
let answers: PhotoAnswer[];

beforeEach(async () => {
  answers = [];
  stubCanvas();
  vi.stubGlobal('addEventListener', (_: string, listen: typeof listener) => {
    listener = listen;
  });
  vi.stubGlobal('postMessage', (answer: PhotoAnswer) => answers.push(answer));
  vi.resetModules();
  await import('#app/browser/photos/photo.worker.ts');
});
afterEach(() => vi.unstubAllGlobals());

/** Has photos prepared, one asked for right after the other. */
async function prepare(files: Uint8Array<ArrayBuffer>[]) {
  for (const [id, file] of files.entries())
    listener({ data: { id, ask: 'prepare', file: new Blob([file]) } });
  const prepared = () => answers.flatMap((answer) => ('prepared' in answer ? [answer] : []));
  await expect.poll(prepared).toHaveLength(files.length);
  return prepared();
}

describe('the photo worker of a browser', () => {
  test.each(['jpeg', 'png', 'webp'] as const)(
    'leaves everything of the camera behind: %s',
    async (format) => {
      const photo = sharp(await makePhoto(3, { width: 640, height: 480, orientation: 6 }));
      const file = new Uint8Array(await photo.keepMetadata().toFormat(format, { effort: 1 }).toBuffer());
      const before = await sharp(file).metadata();
      expect(before.exif && before.xmp).toBeTruthy();
      const marks = [cameraMarks.make, cameraMarks.owner, cameraMarks.xmp, 'Exif', 'xmpmeta'];

      const [{ prepared } = expect.fail('nothing was prepared')] = await prepare([file]);
      expect(prepared).toMatchObject({ width: 480, height: 640, mediaType: 'image/jpeg' });
      for (const picture of [prepared.full, prepared.preview]) {
        const { exif, icc, iptc, xmp, orientation } = await sharp(picture).metadata();
        expect({ exif, icc, iptc, xmp, orientation }).toEqual({});
        for (const mark of marks) expect(Buffer.from(picture).includes(mark), mark).toBe(false);
      }
    },
  );

  test('prepares each photo under its own number, in the order they were chosen', async () => {
    const sizes = [90, 60, 120];
    const files = await Promise.all(sizes.map((width) => makePhoto(width, { width, height: 50 })));
    const prepared = await prepare(files);
    expect(prepared.map(({ id, prepared: { width } }) => [id, width])).toEqual([...sizes.entries()]);
  });

  test('fails at a photo that cannot be fetched, and refuses none for it', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }));
    const photo = { url: '/letters/x/photos/0' } as PhotoToOpen;
    listener({ data: { id: 7, ask: 'open', photo } });
    await expect.poll(() => answers).toHaveLength(1);
    expect(answers).toEqual([{ id: 7, trouble: { what: 'failed', message: 'This photo isn’t here.' } }]);
  });

  test('says that it is there', () => {
    listener({ data: { ask: 'alive' } });
    expect(answers).toEqual([{ alive: true }]);
  });
});

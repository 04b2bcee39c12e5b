import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PhotoAnswer, PhotoRequest } from '#app/browser/photos/photo-messages.ts';
import type { Bytes } from '#core/bytes.ts';
import { newLetterKey } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { openLetterPhoto } from '#core/photos/open-letter-photo.ts';
import { unpackParcel } from '#core/photos/photo-parcel.ts';
import { stubCanvas } from '#tests/support/fake-canvas.ts';
import { cameraMarks, makePhoto } from '#tests/support/make-photos.ts';

/** Whoever listens to what the page asks. */
let listener: (event: { data: PhotoRequest }) => void;
let answers: PhotoAnswer[];
/** What went to the server, sealed. */
let sent: Bytes[];

beforeEach(async () => {
  [answers, sent] = [[], []];
  stubCanvas();
  vi.stubGlobal('addEventListener', (_: string, listen: typeof listener) => {
    listener = listen;
  });
  vi.stubGlobal('postMessage', (answer: PhotoAnswer) => answers.push(answer));
  vi.stubGlobal('fetch', async (_: string, { body }: { body: Bytes }) => {
    sent.push(body);
    return new Response('{}');
  });
  vi.resetModules();
  await import('#app/browser/photos/photo.worker.ts');
});
afterEach(() => vi.unstubAllGlobals());

/** Has photos uploaded, one asked for right after the other. */
async function upload(files: Uint8Array<ArrayBuffer>[]) {
  const asked = files.map((file, id) => {
    const photo = { draftId: newId(), photoId: newId(), key: newLetterKey() };
    listener({ data: { id, ask: 'upload', file: new Blob([file]), ...photo } });
    return photo;
  });
  const uploaded = () => answers.flatMap((answer) => ('uploaded' in answer ? [answer] : []));
  await expect.poll(uploaded).toHaveLength(files.length);
  return { asked, uploaded: uploaded() };
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

      const { asked, uploaded } = await upload([file]);
      const [parcel, [{ photoId = '', draftId = '', key } = {}]] = [unpackParcel(sent[0] as Bytes), asked];
      const [{ entry, seal } = expect.fail('nothing was sealed')] = uploaded.map((answer) => answer.uploaded);
      expect(parcel).toMatchObject({ photoId, draftId });
      expect(entry).toMatchObject({ photoId, width: 480, height: 640, mediaType: 'image/jpeg' });
      for (const variant of ['full', 'preview'] as const) {
        const hash = variant === 'full' ? seal.fullHash : seal.previewHash;
        const place = { letterId: draftId, photo: entry, variant };
        const picture = await openLetterPhoto(key as Bytes, place, parcel?.[variant] as Bytes, hash);
        const { exif, icc, iptc, xmp, orientation } = await sharp(picture).metadata();
        expect({ exif, icc, iptc, xmp, orientation }).toEqual({});
        for (const mark of marks) expect(Buffer.from(picture).includes(mark), mark).toBe(false);
      }
    },
  );

  test('seals each photo under its own name, in the order they were chosen', async () => {
    const sizes = [90, 60, 120];
    const files = await Promise.all(sizes.map((width) => makePhoto(width, { width, height: 50 })));
    const { asked, uploaded } = await upload(files);
    expect(sent.map((parcel) => unpackParcel(parcel)?.photoId)).toEqual(asked.map(({ photoId }) => photoId));
    expect(uploaded.map(({ id, uploaded: { entry } }) => [id, entry.photoId, entry.width])).toEqual(
      asked.map(({ photoId }, n) => [n, photoId, sizes[n]]),
    );
  });

  test('says that it is there', () => {
    listener({ data: { ask: 'alive' } });
    expect(answers).toEqual([{ alive: true }]);
  });
});

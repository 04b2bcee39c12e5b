import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LetterContent } from '#core/crypto/index.ts';
import { openLetterPhoto } from '#core/photos/open-letter-photo.ts';
import { targetSize } from '#core/photos/target-size.ts';
import { readCase } from '#tests/support/cases/read-case.ts';
import { type Person as Member, makeFriends } from '#tests/support/journey-people.ts';
import { largeAnimation } from '#tests/support/make-hostile-photos.ts';
import { type Person, photoField, readSentCopy } from '#tests/support/people.ts';
import { sitDownSealed } from '#tests/support/sealed-browser.ts';
import { type SealedPerson, sealedPerson } from '#tests/support/sealed-person.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';

// Photos as people really have them, prepared by the photo worker of a browser: tests/support/cases/README.md has what is right.

const around = servedSurroundings({ serviceWorker: false });
let members: Record<'alpha' | 'beta', Member>;
let alpha: Person;
let reader: SealedPerson;
beforeAll(async () => {
  members = await makeFriends(around.world);
  alpha = await sitDownSealed(around.world, around.browser, members.alpha);
  reader = await sealedPerson(around.world, members.beta);
});

const file = async (name: string) => ({
  name: name.split('/').at(-1) ?? name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(await readCase(name)),
});

async function fill(title: string, ...names: string[]) {
  await alpha.page.goto('/write?to=beta');
  await alpha.fillLetter({ title, body: 'Look.' });
  await photoField(alpha.page).setInputFiles(await Promise.all(names.map(file)));
}
async function send(): Promise<string> {
  await alpha.press('Seal and send');
  await readSentCopy(alpha.page, 120_000);
  await around.world.settle();
  return new URL(alpha.page.url()).pathname.split('/').at(-1) ?? '';
}

type Entry = LetterContent['photos'][number];
async function photosOf(id: string): Promise<{ entry: Entry; full: Buffer }[]> {
  const { opened } = await reader.read(id);
  if (!opened) throw new Error('the letter does not open');
  const { letter } = await reader.api.letters.get({ id });
  return Promise.all(
    opened.content.photos.map(async (entry, n) => {
      const { bytes } = await reader.api.letters.photo({ id, n });
      const place = { letterId: id, photo: entry, variant: 'full' as const };
      const full = await openLetterPhoto(opened.key, place, bytes, letter.photos[n]?.fullHash);
      return { entry, full: Buffer.from(full) };
    }),
  );
}

/** The colour in the middle of the quarter at the top right: green in most cases. */
async function topRight(full: Buffer): Promise<number[]> {
  const { data, info } = await sharp(full).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 4) * info.width + Math.floor((info.width * 3) / 4)) * 3;
  return [...data.subarray(at, at + 3)];
}

describe('a photo as people have it', () => {
  test.each([
    [
      'of iPhones, scanners and new formats',
      {
        '48-heic-p3-icc.heic': [0, 183, 28],
        '48-heic-srgb.heic': [30, 180, 60],
        '40-16bit-srgb-icc.png': [30, 180, 60],
        '40-16bit-rgba-srgb-icc.png': [30, 180, 60],
        '40-16bit-p3-icc.png': [0, 183, 31],
        '40-8bit-p3-cicp.png': [0, 183, 31],
        '42-avif-10bit-srgbicc.avif': [29, 181, 60],
        '42-avif-p3-nclx.avif': [0, 183, 28],
        '01-samsung-sos.jpg': [30, 180, 60],
        '45-jpg-comment-html.jpg': [30, 180, 60],
        'pass/44-jpg-truncated-icc.jpg': [30, 180, 60],
        'pass/47-mpo.jpg': [30, 180, 60],
      },
    ],
  ])('has its own colours: %s', async (_what, cases: Record<string, number[]>) => {
    await fill('Colours', ...Object.keys(cases));
    const photos = await photosOf(await send());
    for (const [n, [name, green]] of Object.entries(cases).entries()) {
      const colour = await topRight(photos[n]?.full ?? Buffer.alloc(0));
      for (const [channel, value] of green.entries())
        expect(Math.abs((colour[channel] ?? 999) - value), `${name}: ${colour}`).toBeLessThanOrEqual(4);
    }
  });

  test('of an iPhone has a decoder that is loaded for it alone', async () => {
    // A photo worker of its own: that of another test may have the decoder already.
    const { page } = await sitDownSealed(around.world, around.browser, members.alpha);
    const loaded: string[] = [];
    page.context().on('request', (request) => loaded.push(new URL(request.url()).pathname));
    const isDecoder = (path: string) => path.startsWith('/assets/decode-heic-');
    const save = async (name: string) => {
      await page.goto('/write?to=beta');
      await page.getByLabel('Title').fill(name);
      await photoField(page).setInputFiles([await file(name)]);
      await page.getByRole('button', { name: 'Save as draft' }).click();
      await page.getByText('Draft saved.').waitFor();
    };
    await save('01-samsung-sos.jpg');
    expect(loaded.filter(isDecoder)).toEqual([]);
    await save('48-heic-srgb.heic');
    expect(loaded.filter(isDecoder)).not.toEqual([]);
    await page.context().close();
  });

  test('is shrunk, however large, and stays readable, however long', async () => {
    const names = ['20-pixel50mp-8160x6144.jpg', '24-long-screenshot-1080x8000.png', '22-avif-12mp.avif'];
    await fill('Sizes', ...names, '21-progressive444-4000x3000.jpg');
    const sizes = (await photosOf(await send())).map(({ entry: { width, height } }) => ({ width, height }));
    const given = [
      [8160, 6144],
      [1080, 8000],
      [4000, 3000],
      [4000, 3000],
    ];
    expect(sizes).toEqual(given.map(([width = 0, height = 0]) => targetSize({ width, height }, 'full')));
    expect(sizes[1]?.width).toBeGreaterThanOrEqual(800);
  });

  test('that moves and is small keeps moving, each frame as long as before', async () => {
    await fill('Moving', '27-anim.gif');
    const [photo] = await photosOf(await send());
    expect(photo?.entry.mediaType).toBe('image/webp');
    const given = await sharp(Buffer.from(await readCase('27-anim.gif')), { animated: true }).metadata();
    const { pages, delay, loop } = await sharp(photo?.full, { animated: true }).metadata();
    expect({ pages, delay, loop }).toEqual({ pages: given.pages, delay: given.delay, loop: given.loop });
    const colours = async (picture: Buffer | undefined) =>
      Promise.all(
        [0, 1, 2].map(async (page) => {
          const { channels } = await sharp(picture, { page }).stats();
          return channels.slice(0, 3).map(({ mean }) => Math.round(mean / 16));
        }),
      );
    expect(await colours(photo?.full)).toEqual(await colours(Buffer.from(await readCase('27-anim.gif'))));
    await expect.poll(() => alpha.page.locator('.photo img').count()).toBe(1);
  });

  test('that moves and is large shows a frame with something on it, and its writer is told before it goes', async () => {
    await fill('Moving much');
    const buffer = Buffer.from(await largeAnimation());
    await photoField(alpha.page).setInputFiles([{ name: 'large.gif', mimeType: 'image/gif', buffer }]);
    await alpha.press('Seal and send');
    await alpha.page.getByText('“large.gif”: This photo is animated').first().waitFor();
    const [photo] = await photosOf(await send());
    expect(photo?.entry.mediaType).toBe('image/jpeg');
    const { channels } = await sharp(photo?.full).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(4);
  });

  test('that is cut off is named, while the one after it is kept', async () => {
    await fill('Names', 'names-second-file-truncated.jpg', '45-jpg-comment-html.jpg');
    await alpha.press('Seal and send');
    const said = alpha.page.getByText('“names-second-file-truncated.jpg”: We can’t open this photo').first();
    await said.waitFor();
    expect(await alpha.page.content()).not.toMatch(/choose a JPEG/i);
    expect(await photosOf(await send())).toHaveLength(1);
  });

  test('that is complete but for its end marker is taken', async () => {
    const whole = await sharp(Buffer.from(await readCase('45-jpg-comment-html.jpg')))
      .jpeg()
      .toBuffer();
    await fill('No end');
    const buffer = whole.subarray(0, -2);
    await photoField(alpha.page).setInputFiles([{ name: 'no-end.jpg', mimeType: 'image/jpeg', buffer }]);
    expect(await photosOf(await send())).toHaveLength(1);
  });

  test('drawn in light lines on nothing is readable on white paper', async () => {
    const svg =
      '<svg width="300" height="200"><circle cx="150" cy="100" r="80" stroke="#fff" stroke-width="9" fill="none"/></svg>';
    const buffer = await sharp(Buffer.from(svg)).png().toBuffer();
    await fill('Lines');
    await photoField(alpha.page).setInputFiles([{ name: 'lines.png', mimeType: 'image/png', buffer }]);
    const [photo] = await photosOf(await send());
    expect(Math.max(...(await topRight(photo?.full ?? Buffer.alloc(0))))).toBeLessThan(60);
  });
});

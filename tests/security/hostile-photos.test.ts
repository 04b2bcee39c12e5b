import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bytes } from '#core/bytes.ts';
import { createContext } from '#server/context.ts';
import { openArchive } from '#server/export/open-archive.ts';
import { countRepelled, countServer } from '#tests/support/count-attacks.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makeFriends, type Person, refusalOf, testPassword } from '#tests/support/journey-people.ts';
import { logInByForm } from '#tests/support/journey-visitors.ts';
import {
  commentBomb,
  frameBomb,
  htmlFile,
  pixelBombAvif,
  pixelBombGif,
  pixelBombPng,
  scanBomb,
  svgFile,
} from '#tests/support/make-hostile-photos.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { readZip } from '#tests/support/read-zip.ts';
import {
  type SealedPerson,
  type SentPicture,
  sealedPerson,
  smallPicture,
} from '#tests/support/sealed-person.ts';
import { savePhotos } from '../../cli/save-photos.ts';
import { createBffClient } from '../../client/node.ts';

// An author's client may be anyone's: a friend who means harm seals bytes and a description of their choice. Nothing of the
// reader's decodes them: not the browser (e2e/sealed-letters), not the server for a page without JavaScript, not `bff`.

let world: ServedInstallation;
let people: { alpha: Person; beta: Person };
let alpha: SealedPerson;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  people = await makeFriends(world);
  alpha = await sealedPerson(world, people.alpha);
});
afterAll(() => world.close());

type Pictures = [what: string, picture: SentPicture][];

/** Bombs and impostors, each with the description that suits it best. */
async function hostilePictures(): Promise<Pictures> {
  const bomb = pixelBombPng(20_000);
  expect(bomb.length).toBeLessThan(300_000);
  const largeJpeg = await makePhoto(1, { width: 640, height: 480 });
  const asBoth = (bytes: Bytes, width: number, height: number, mediaType: string): SentPicture => ({
    ...{ full: bytes, preview: bytes.length < 320_000 ? bytes : bomb, width, height, mediaType },
  });
  const frames = await animatedOfOneColour(400);
  const turned = new Uint8Array(await sharp(largeJpeg).withMetadata({ orientation: 6 }).jpeg().toBuffer());
  return [
    ['400 megapixels of PNG, called a common photo', asBoth(bomb, 2048, 2048, 'image/png')],
    ['400 megapixels, called WebP', asBoth(bomb, 2048, 2048, 'image/webp')],
    ['what is as large as it says', asBoth(pixelBombPng(16_000), 16_000, 16_000, 'image/png')],
    ['scans by the hundred', asBoth(await scanBomb(400, 2_000), 2_000, 2_000, 'image/jpeg')],
    ['comments by the hundred thousand', asBoth(await commentBomb(), 640, 480, 'image/jpeg')],
    ['a GIF of many frames', asBoth(frameBomb(5_000), 1, 1, 'image/gif')],
    ['a GIF of 65,535 px', asBoth(pixelBombGif(), 1, 1, 'image/gif')],
    ['an animation without end', asBoth(frames, 64, 64, 'image/webp')],
    ['an AVIF that lies about its size', asBoth(await pixelBombAvif(), 640, 480, 'image/avif')],
    ['an SVG that runs', asBoth(svgFile(), 9, 9, 'image/webp')],
    ['a web page', asBoth(htmlFile(), 9, 9, 'image/jpeg')],
    ['another size than it says', { ...asBoth(largeJpeg, 641, 480, 'image/jpeg'), preview: bomb }],
    ['a photo that lies on its side', { ...asBoth(turned, 640, 480, 'image/jpeg'), preview: bomb }],
  ];
}

async function animatedOfOneColour(frames: number): Promise<Bytes> {
  const [width, height] = [64, 64];
  const pixels = new Uint8Array(width * height * frames * 3);
  for (let frame = 0; frame < frames; frame++)
    pixels.fill(frame, frame * width * height * 3, (frame + 1) * width * height * 3);
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  return new Uint8Array(await sharp(pixels, { raw }).webp({ lossless: true }).toBuffer());
}

async function sendPictures(pictures: Pictures) {
  const letters: { id: string; part: Pictures }[] = [];
  for (let at = 0; at < pictures.length; at += 7) {
    const part = pictures.slice(at, at + 7);
    const outgoing = await alpha.draft(
      'beta',
      { title: 'Look', body: 'at these' },
      part.map(([, picture]) => picture),
    );
    expect(await alpha.send(outgoing)).toBe('sent');
    letters.push({ id: outgoing.letterId, part });
  }
  await world.settle();
  return letters;
}

async function archiveOf({ token }: Person): Promise<Buffer> {
  const facts = { clientAddress: '192.0.2.1', userAgent: 'A test', requestId: 'test' };
  const context = await createContext(world.container, { token, ...facts });
  if (!context.actor) throw new Error('nobody is logged in');
  const parts: Uint8Array[] = [];
  for await (const part of await openArchive(context, context.actor)) parts.push(part);
  return Buffer.concat(parts);
}

describe('hostile photos of a friend', () => {
  it('are refused, while good ones beside them are shown and saved', async () => {
    const pictures: Pictures = [
      ['a bomb', (await hostilePictures())[0]?.[1] ?? smallPicture()],
      ['a good one', smallPicture()],
    ];
    const [{ id } = { id: '' }] = await sendPictures(pictures);
    const client = createBffClient({ url: world.url });
    await client.logIn({ username: 'beta', password: testPassword });
    const folder = await mkdtemp(join(tmpdir(), 'bff-hostile-'));
    const files = await savePhotos(await client.letters.open(id), folder);
    expect(files).toEqual([null, join(folder, `${id}-2.jpg`)]);
    await rm(folder, { recursive: true });
  });

  it('come to nothing at the server’s own opening, in the client, in `bff` and in an export', async () => {
    const letters = await sendPictures(await hostilePictures());
    const beta = await world.as(people.beta);
    const visitor = createVisitor(world.url);
    await logInByForm(visitor, 'beta');
    const client = createBffClient({ url: world.url });
    await client.logIn({ username: 'beta', password: testPassword });
    const folder = await mkdtemp(join(tmpdir(), 'bff-hostile-'));
    try {
      for (const { id, part } of letters) {
        const letter = await client.letters.open(id);
        for (const [n, [what]] of part.entries()) {
          for (const size of ['full', 'preview'] as const) {
            expect(await refusalOf(beta.inClear.photo({ id, n, size })), `${what}, ${size}`).toBe(
              'not-found',
            );
            const page = await visitor.get(`/letters/${id}/photos/${n}?size=${size}`);
            expect(page.status, what).toBe(404);
            expect(page.headers['content-type'] ?? '', what).not.toMatch(/^image/);
            await expect(letter.photo(n, size), what).rejects.toMatchObject({ code: 'damaged' });
            countRepelled(3);
          }
        }
        await savePhotos(letter, folder);
      }
      expect(await readdir(folder)).toEqual([]);
      const archive = readZip(await archiveOf(people.beta));
      const photos = archive.filter(({ name }) => name.includes('/photo-')).map(({ name }) => name);
      for (const { id } of letters) expect(photos.filter((name) => name.includes(id))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
    await countServer(world.url);
  });
});

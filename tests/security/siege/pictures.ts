import { expect } from 'vitest';
import { newId } from '#core/id.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { jpeg, type Visitor } from '#tests/support/http-client.ts';
import * as hostile from '#tests/support/make-hostile-photos.ts';
import type { Attack } from '#tests/support/siege.ts';

/** Saves a letter with photos, through the form. */
export const upload = (visitor: Visitor, files: Uint8Array[], version = '0') =>
  visitor.upload(
    '/write',
    { letterId: newId(), version, to: 'delta', title: 'A picture', body: 'Look.', intent: 'save' },
    files.map((bytes, n) => jpeg(bytes, `${n}.jpg`)),
  );

export const pictures: Attack[] = [
  {
    name: 'hostile pictures',
    async run({ flood }) {
      const files = [
        hostile.pixelBombPng(),
        hostile.overfullPng(),
        hostile.pixelBombGif(),
        await hostile.pixelBombAvif(),
        await hostile.truncatedJpeg(),
        await hostile.corruptJpeg(),
        await hostile.animated('gif', 200),
        await hostile.animated('webp', 200),
        hostile.htmlFile(),
        hostile.svgFile(),
        hostile.pdfFile(),
        hostile.scriptGif(),
        await hostile.htmlInJpeg(),
        await hostile.jpegWithTrailer(),
        hostile.heicFile(),
        hostile.filmFile(),
        await hostile.hugeExif(),
        await hostile.cmykJpeg(),
        await hostile.sixteenBitPng(),
      ];
      const answers = await flood(files, (visitor, file) => upload(visitor, [file]));
      for (const { status, text } of answers) expect([302, 400], text.slice(0, 300)).toContain(status);
      countRepelled(answers.length);
    },
  },
  {
    name: 'the dearest pictures that are decoded, and dearer ones',
    async run({ flood }) {
      const dear = await hostile.heavyPng(4_000, 4_000);
      const tooDear = await hostile.heavyPng(4_200, 4_200);
      const answers = await flood([dear, tooDear], (visitor, one) => upload(visitor, [one, one]));
      expect(answers.map(({ status }) => status)).toEqual([302, 400, 302, 400, 302, 400]);
      countRepelled(answers.length);
    },
  },
  {
    name: 'photos of thousands of scans, comments and frames',
    async run({ flood }) {
      const files = [
        await hostile.scanBomb(5_000),
        await hostile.commentBomb(),
        hostile.frameBomb(20_000),
        hostile.chunkBomb('webp', 19_900_000),
        hostile.chunkBomb('png', 19_900_000),
        hostile.chunkBomb('png', 19_900_000, 'IDAT'),
        // As many as are decoded: they cost their account processor time, and nobody else a page.
        await hostile.scanBomb(50),
      ];
      const answers = await flood(files, (visitor, file) => upload(visitor, [file]));
      for (const { status, text } of answers) expect([302, 400], text.slice(0, 300)).toContain(status);
      countRepelled(answers.length);
    },
  },
];

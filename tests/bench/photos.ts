/**
 * Bytes against milliseconds of the formats a photo could be kept in, and the time of a letter's eight photos beside
 * sharp alone. Run: `node tests/bench/photos.ts` (add `--formats` for the long table of docs/decisions/005).
 */
import sharp, { type Sharp } from 'sharp';
import type { Bytes } from '#core/bytes.ts';
import { sizeBounds } from '#core/photos/target-size.ts';
import { createPhotoProcessor } from '#server/photos/process-photo.ts';
import { makePhotos } from '#tests/support/make-photos.ts';

export interface PhotoBench {
  /** Milliseconds until eight 12-megapixel photos are ready, two cores: the median of the rounds. */
  ours: number;
  /** The same work by sharp alone: each photo opened twice, turned, shrunk, written as JPEG of the same quality. */
  sharpAlone: number;
  ratio: number;
}

const inside = (side: number) =>
  ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;

/** Eight photos at once, ours and sharp alone in turns, so that a busy machine is fair to both. */
export async function benchPhotos(rounds = 5): Promise<PhotoBench> {
  const photos = await makePhotos(8);
  const { processPhoto } = createPhotoProcessor();
  const alone = (photo: Bytes) =>
    Promise.all(
      [sizeBounds.full, sizeBounds.preview].map(({ side }) =>
        sharp(photo).autoOrient().resize(inside(side)).jpeg({ quality: 82 }).toBuffer(),
      ),
    );
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const one = await milliseconds(() => Promise.all(photos.map((photo) => processPhoto(photo))));
    const other = await milliseconds(() => Promise.all(photos.map(alone)));
    // The first round warms up.
    if (round > 0) {
      ours.push(one);
      theirs.push(other);
    }
  }
  return { ours: median(ours), sharpAlone: median(theirs), ratio: median(ours) / median(theirs) };
}

interface FormatRow {
  format: string;
  kB: number;
  /** Processor time, all threads. */
  ms: number;
  /** Structural similarity of the brightness to the picture before, 1 for the same. */
  ssim: number;
}

/** What one 2048 px picture costs in each format, the mean of four photos. */
export async function measureFormats(): Promise<FormatRow[]> {
  const pictures = await Promise.all((await makePhotos(4)).map(openPicture));
  const candidates: [string, (image: Sharp) => Sharp][] = [];
  for (const quality of [76, 82, 88]) {
    candidates.push([`JPEG ${quality}`, (image) => image.jpeg({ quality, optimiseCoding: false })]);
    candidates.push([`JPEG ${quality} optimised tables`, (image) => image.jpeg({ quality })]);
    candidates.push([`mozjpeg ${quality}`, (image) => image.jpeg({ quality, mozjpeg: true })]);
  }
  for (const quality of [75, 80]) {
    for (const effort of [0, 1, 2, 3, 4, 5, 6]) {
      candidates.push([`WebP ${quality}, effort ${effort}`, (image) => image.webp({ quality, effort })]);
    }
  }
  for (const quality of [60, 66]) {
    for (const effort of [0, 1, 2, 4]) {
      candidates.push([
        `AVIF ${quality}, effort ${effort}`,
        (image) => image.avif({ quality, effort, chromaSubsampling: '4:2:0' }),
      ]);
    }
  }

  const rows: FormatRow[] = [];
  for (const [format, write] of candidates) {
    const row = { format, kB: 0, ms: 0, ssim: 0 };
    for (const picture of pictures) {
      const before = process.cpuUsage();
      const written = await write(picture.open()).toBuffer();
      const { user, system } = process.cpuUsage(before);
      const back = await sharp(written).greyscale().raw().toBuffer();
      row.ms += (user + system) / 1_000 / pictures.length;
      row.kB += written.length / 1_000 / pictures.length;
      row.ssim += similarity(picture.grey, back, picture.width, picture.height) / pictures.length;
    }
    rows.push(row);
  }
  return rows;
}

async function openPicture(photo: Bytes) {
  const { data, info } = await sharp(photo)
    .autoOrient()
    .resize(inside(sizeBounds.full.side))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const open = () => sharp(data, { raw: { width, height, channels } });
  return { width, height, open, grey: await open().greyscale().raw().toBuffer() };
}

/** SSIM (Wang et al. 2004) over windows of 8 × 8 pixels. */
function similarity(a: Uint8Array, b: Uint8Array, width: number, height: number): number {
  let total = 0;
  let windows = 0;
  for (let top = 0; top + 8 <= height; top += 8) {
    for (let left = 0; left + 8 <= width; left += 8) {
      let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + 8; y++) {
        for (let at = y * width + left; at < y * width + left + 8; at++) {
          const [p, q] = [a[at] as number, b[at] as number];
          sumA += p;
          sumB += q;
          squaresA += p * p;
          squaresB += q * q;
          products += p * q;
        }
      }
      const [meanA, meanB] = [sumA / 64, sumB / 64];
      const spread = squaresA / 64 - meanA ** 2 + squaresB / 64 - meanB ** 2;
      const together = products / 64 - meanA * meanB;
      const light = (2 * meanA * meanB + 6.5025) / (meanA ** 2 + meanB ** 2 + 6.5025);
      total += (light * (2 * together + 58.5225)) / (spread + 58.5225);
      windows++;
    }
  }
  return total / windows;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

if (import.meta.main) {
  if (process.argv.includes('--formats')) {
    console.log('| format | kB | ms | SSIM |\n| --- | ---: | ---: | ---: |');
    for (const { format, kB, ms, ssim } of await measureFormats()) {
      console.log(`| ${format} | ${kB.toFixed(0)} | ${ms.toFixed(0)} | ${ssim.toFixed(4)} |`);
    }
  }
  const { ours, sharpAlone, ratio } = await benchPhotos();
  console.log(
    `8 photos of 12 megapixels: ${ours.toFixed(0)} ms; sharp alone ${sharpAlone.toFixed(0)} ms; ratio ${ratio.toFixed(2)}`,
  );
}

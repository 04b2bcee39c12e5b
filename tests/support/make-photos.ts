import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Bytes } from '#core/bytes.ts';

/** Raise when the pictures change: it names the cache folder. */
const VERSION = 5;

/** Text that a camera wrote into each photo and that must be gone from what is stored. */
export const cameraMarks = {
  make: 'CANARY-CAMERA-MAKER',
  owner: 'CANARY-OWNER-NAME',
  description: 'CANARY-DESCRIPTION',
  xmp: 'CANARY-XMP-PLACE',
  gps: { latitude: '52/1 31/1 1234/100', longitude: '13/1 24/1 5678/100' },
} as const;

export interface PhotoOptions {
  /** Pixels as stored in the file, before turning. 4032 × 3024 unless told. */
  width?: number;
  height?: number;
  /** EXIF orientation 1–8. */
  orientation?: number;
  /** JPEG quality as cameras use it. */
  quality?: number;
}

/**
 * A photo as a phone takes it: a hilly landscape under clouds with texture on every scale and sensor noise, so that
 * it compresses like a real one (4–6 MB at 12 megapixels), with EXIF, GPS position, XMP and a display profile.
 * The same seed and options give the same picture; files are kept in the system's temporary folder.
 */
export async function makePhoto(seed: number, options: PhotoOptions = {}): Promise<Bytes> {
  const { width = 4032, height = 3024, orientation = 1, quality = 92 } = options;
  const folder = join(tmpdir(), `bff-test-photos-v${VERSION}`);
  const file = join(folder, `${seed}-${width}x${height}-o${orientation}-q${quality}.jpg`);
  const known = await readFile(file).catch(() => null);
  if (known) return new Uint8Array(known);

  const pixels = await paintLandscape(seed, width, height);
  const made = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .withIccProfile('p3')
    .withExif({
      IFD0: {
        Make: cameraMarks.make,
        Model: 'Test Camera 12',
        Artist: cameraMarks.owner,
        ImageDescription: cameraMarks.description,
      },
      IFD2: { DateTimeOriginal: '2026:07:14 18:42:07', LensModel: 'Test Lens 26mm f/1.8' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: cameraMarks.gps.latitude,
        GPSLongitudeRef: 'E',
        GPSLongitude: cameraMarks.gps.longitude,
      },
    })
    .withMetadata({ orientation })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:City="${cameraMarks.xmp}"/></rdf:RDF></x:xmpmeta>`,
    )
    .toBuffer();

  // Written beside and renamed: another test process may be making the same photo.
  await mkdir(folder, { recursive: true });
  const beside = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(beside, made);
  await rename(beside, file);
  return new Uint8Array(made);
}

/** `count` different photos of 12 megapixels, in the orientations phones use. */
export function makePhotos(count: number, options: PhotoOptions = {}): Promise<Bytes[]> {
  const turned = [1, 6, 1, 3, 1, 8];
  return Promise.all(
    Array.from({ length: count }, (_, seed) =>
      makePhoto(seed + 1, { orientation: turned[seed % turned.length], ...options }),
    ),
  );
}

/** A small generator with a seed (mulberry32): the same numbers on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Random values on a coarse grid, drawn out smoothly over the whole picture: one octave of cloud. */
async function smoothNoise(
  random: () => number,
  cells: number,
  width: number,
  height: number,
): Promise<Bytes> {
  const across = Math.max(2, cells);
  const down = Math.max(2, Math.round((cells * height) / width));
  const grid = Uint8Array.from({ length: across * down }, () => random() * 256);
  const { data } = await sharp(grid, { raw: { width: across, height: down, channels: 1 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}

async function paintLandscape(seed: number, width: number, height: number): Promise<Bytes> {
  const random = seededRandom(seed);
  const [huge, large, middle, small, fine] = (await Promise.all(
    [7, 31, 127, 509, 2039].map((cells) => smoothNoise(random, Math.min(cells, width), width, height)),
  )) as [Bytes, Bytes, Bytes, Bytes, Bytes];

  const warmth = random();
  const skyTop = [60 + 50 * warmth, 110 - 20 * warmth, 190 - 60 * warmth];
  const skyLow = [200 + 50 * warmth, 205 - 10 * warmth, 225 - 70 * warmth];
  const ground = [70 + 60 * random(), 85 + 40 * random(), 40 + 30 * random()];
  const hills = Array.from({ length: 4 }, (_, layer) => ({
    ridge: ridge(random, width, height, 0.35 + layer * 0.13, 0.12 - layer * 0.02),
    haze: 0.75 - layer * 0.23,
  }));

  const pixels = new Uint8Array(width * height * 3);
  let noise = (seed * 2654435761) >>> 0 || 1;
  for (let y = 0, at = 0; y < height; y++) {
    const down = y / height;
    for (let x = 0; x < width; x++, at++) {
      // Sums of octaves with falling strength: the 1/f spectrum of natural scenes.
      const coarse = ((huge[at] as number) + (large[at] as number) - 255) / 255;
      const detail =
        ((middle[at] as number) - 127) * 0.22 +
        ((small[at] as number) - 127) * 0.2 +
        ((fine[at] as number) - 127) * 0.18;
      let layer = -1;
      for (let l = 3; l >= 0; l--) {
        if (y > ((hills[l] as (typeof hills)[0]).ridge[x] as number)) {
          layer = l;
          break;
        }
      }
      noise ^= noise << 13;
      noise ^= noise >>> 17;
      noise ^= noise << 5;
      const grain = ((noise & 15) + ((noise >>> 8) & 15) - 15) * 0.55;
      for (let c = 0; c < 3; c++) {
        const sky =
          (skyTop[c] as number) + ((skyLow[c] as number) - (skyTop[c] as number)) * Math.min(1, down * 2.2);
        let value: number;
        if (layer < 0) {
          const billow = coarse + ((middle[at] as number) - 127) / 420 + ((small[at] as number) - 127) / 1600;
          const cloud = billow > 0 ? Math.min(1, billow * 1.4) : 0;
          value = sky + (245 - sky) * cloud * 0.85 + detail * 0.08 * (1 + cloud);
        } else {
          const haze = (hills[layer] as (typeof hills)[0]).haze;
          const land = (ground[c] as number) * (0.75 + 0.5 * coarse) + detail * (1.1 + 0.35 * layer);
          value = sky * haze + land * (1 - haze);
        }
        pixels[at * 3 + c] = Math.max(0, Math.min(255, value + grain));
      }
    }
  }
  return pixels;
}

/** Height of a hill's edge for each column, in pixels from the top. */
function ridge(
  random: () => number,
  width: number,
  height: number,
  base: number,
  rise: number,
): Float32Array {
  const waves = Array.from({ length: 9 }, (_, octave) => ({
    turns: 2 ** octave * (0.7 + 0.6 * random()),
    shift: random() * 2 * Math.PI,
    strength: rise / 1.7 ** octave,
  }));
  return Float32Array.from({ length: width }, (_, x) => {
    let at = base;
    for (const wave of waves)
      at += wave.strength * Math.sin((x / width) * wave.turns * 2 * Math.PI + wave.shift);
    return at * height;
  });
}

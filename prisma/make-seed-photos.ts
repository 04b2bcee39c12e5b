/**
 * Paints the demo friends' photos anew: `node prisma/make-seed-photos.ts [--draft] [name …]`. The pictures are committed;
 * run this only to change them (a minute each; a draft is a quarter of the size and goes to the temporary folder).
 */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { paintCat } from './seed-photos/paint/cat.ts';
import { paintLake } from './seed-photos/paint/lake.ts';
import { paintLeaf } from './seed-photos/paint/leaf.ts';
import type { Film, Picture } from './seed-photos/paint/picture.ts';
import { paintSea } from './seed-photos/paint/sea.ts';
import { paintTea } from './seed-photos/paint/tea.ts';
import { paintTent } from './seed-photos/paint/tent.ts';

const MAX_BYTES = 120_000;

const photos: Record<string, { paint: () => Picture; film: Film }> = {
  lake: { paint: paintLake, film: { exposure: 1.15, grain: 5, saturation: 1.08 } },
  cat: { paint: paintCat, film: { exposure: 1.15, grain: 8 } },
  leaf: { paint: paintLeaf, film: { exposure: 1.2, grain: 6 } },
  sea: { paint: paintSea, film: { exposure: 0.82, grain: 5, vignette: 0.25 } },
  tea: { paint: paintTea, film: { exposure: 1.15, grain: 7 } },
  tent: { paint: paintTent, film: { exposure: 1.3, grain: 9, vignette: 0.4 } },
};

const folder = process.argv.includes('--draft')
  ? pathToFileURL(`${tmpdir()}/`)
  : new URL('./seed-photos/', import.meta.url);
const wanted = process.argv.slice(2).filter((word) => word !== '--draft');
for (const [name, { paint, film }] of Object.entries(photos)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const file = new URL(`${name}.jpg`, folder);
  const written = await paint().develop(film, MAX_BYTES);
  await writeFile(file, written);
  console.log(`${fileURLToPath(file)}: ${(written.length / 1000).toFixed(0)} kB`);
}

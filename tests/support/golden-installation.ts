import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Hex SHA-256 of the two sizes of a photo as they are when opened. */
export interface GoldenPhoto {
  caption: string;
  full: string;
  preview: string;
}

/** What is in a letter or a draft that was sealed once, and where that was done. */
export interface GoldenLetter {
  id: string;
  by: 'server' | 'browser';
  author: string;
  receiver: string;
  title: string;
  body: string;
  photos: GoldenPhoto[];
  /** Hex SHA-256 of the painted stamp's picture. */
  stamp?: string;
  stampIdea?: string;
}

interface GoldenInstallation {
  /** A data folder of its own, for an installation that deletes it. */
  dataDir: string;
  env: { APP_SECRET: string };
  people: { username: string; password: string; words: string[] }[];
  letters: GoldenLetter[];
  drafts: GoldenLetter[];
}

const stored = new URL('../vectors/golden-installation', import.meta.url).pathname;

/** A copy of the installation that scripts/make-golden-installation.ts has made once, and what is in it. */
export async function unpackGoldenInstallation(): Promise<GoldenInstallation> {
  const { secret, ...truth } = JSON.parse(await readFile(`${stored}.json`, 'utf8'));
  const dataDir = await mkdtemp(join(tmpdir(), 'bff-golden-'));
  await writeFile(join(dataDir, 'bff.sqlite'), gunzipSync(await readFile(`${stored}.sqlite.gz`)));
  return { ...truth, dataDir, env: { APP_SECRET: secret } };
}

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '#tests/support/build-pages.ts';

interface Source {
  path: string;
  text: string;
}

let shipped: Source[];
beforeAll(async () => {
  await buildPages();
  shipped = [
    ...(await filesIn('build/client', /\.(js|css|html)$/)),
    ...(await filesIn('public', /\.(js|css|html)$/)),
  ];
});

async function filesIn(folder: string, name: RegExp): Promise<Source[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}

/** The sentences in a source: a minifier leaves them as they are, and they belong to it alone. */
function literalsOf({ text }: Source): string[] {
  const code = text.replace(/^\s*(\*|\/\/|\/\*).*$/gm, '').replace(/^import .*$/gm, '');
  return [...code.matchAll(/'([^'\\\n]{12,})'|"([^"\\\n]{12,})"|`([^`\\$\n]{12,})`/g)]
    .flatMap(([, single, double, template]) => single ?? double ?? template ?? [])
    .filter((text) => text.length >= 16 && text.includes(' '));
}

const where = (text: string) => shipped.filter((file) => file.text.includes(text)).map(({ path }) => path);

/** Which texts of some folders are in the shipped files, but in none of the folders that may be there. */
async function shippedTextsOf(folders: string[], allowed: string[]): Promise<string[]> {
  const sources = (await Promise.all(folders.map((folder) => filesIn(folder, /\.tsx?$/)))).flat();
  const open = (await Promise.all(allowed.map((folder) => filesIn(folder, /\.tsx?$/)))).flat();
  const known = open.filter(({ path }) => !/\.server\.tsx?$/.test(path)).map(({ text }) => text);
  const texts = new Set(
    sources.flatMap(literalsOf).filter((text) => !known.some((other) => other.includes(text))),
  );
  expect(texts.size).toBeGreaterThan(10);
  return [...texts].flatMap((text) => where(text).map((path) => `${path}: ${text}`));
}

/** The files of the entry and of every route, with all they import at once. */
async function firstLoads(): Promise<Set<string>> {
  const manifest = shipped.find(({ path }) => /\/manifest-[^/]+\.js$/.test(path))?.text ?? '';
  const paths = [...manifest.matchAll(/"\/(assets\/[^"]+\.js)"/g)].map(([, path]) => `build/client/${path}`);
  return new Set(paths);
}

describe('what browsers are given', () => {
  it('is there at all, and this search finds what belongs there', async () => {
    expect(shipped.length).toBeGreaterThan(10);
    const routes = await filesIn('app/features/account/log-in', /log-in\.route\.tsx$/);
    const found = routes.flatMap(literalsOf).filter((text) => where(text).length > 0);
    expect(found).toContain('Opening your letters…');
  });

  it('is little before a letter is on the page', async () => {
    const manifest = shipped.find(({ path }) => /\/manifest-[^/]+\.js$/.test(path))?.text ?? '';
    const { entry, routes } = JSON.parse(
      manifest.slice(manifest.indexOf('{'), manifest.lastIndexOf('}') + 1),
    );
    const parts = [entry, routes.root, routes['features/letters/read/letter.route']];
    const paths = new Set(parts.flatMap(({ module, imports }) => [module, ...imports]));
    const sizes = await Promise.all(
      [...paths].map(
        async (path) => (await stat(`build/client${path}.br`).catch(() => stat(`build/client${path}`))).size,
      ),
    );
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(120_000);
  });

  it('has no text of the server or the worker in it', async () => {
    expect(await shippedTextsOf(['packages', 'server', 'worker', 'prisma'], ['app', 'core'])).toEqual([]);
  });

  it('has no text of the pages’ server parts in it', async () => {
    const parts = (await filesIn('app', /\.server\.tsx?$/)).flatMap(literalsOf);
    const rest = [...(await filesIn('app', /\.tsx?$/)), ...(await filesIn('core', /\.ts$/))].filter(
      ({ path }) => !/\.server\.tsx?$/.test(path),
    );
    const texts = parts.filter((text) => !rest.some((file) => file.text.includes(text)));
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.flatMap((text) => where(text).map((path) => `${path}: ${text}`))).toEqual([]);
  });

  it('has no library or module of the server in it', () => {
    const names = [
      ...[
        '"node:',
        "'node:",
        '`node:',
        'mongodb',
        'MongoClient',
        'prisma',
        'sqlite',
        'ioredis',
        'bullmq',
        'nodemailer',
        'upstash',
      ],
      ...['APP_SECRET', 'DATABASE_URL', 'DATA_DIR', 'process.env.', 'createRequire', '__dirname'],
    ];
    for (const name of names) expect(where(name), name).toEqual([]);
  });

  it('has no cryptography in what a page loads first: it comes when something is to be opened', async () => {
    const first = await firstLoads();
    expect(first.size).toBeGreaterThan(10);
    const texts = await shippedTextsOf(
      ['core/crypto'],
      ['app', 'core/schemas', 'core/letters', 'core/stamps'],
    );
    expect(texts.filter((found) => first.has(found.split(': ')[0] ?? ''))).toEqual([]);
    for (const sign of ['bff/v1/', 'HPKE-v1', 'abandon\nability', 'abandon ability'])
      expect(where(sign).filter((path) => first.has(path))).toEqual([]);
    // It is there, though, for sealed sessions: in files of its own.
    expect(where('bff/v1/')).not.toEqual([]);
  });

  it('has no map back to the sources and no path of the machine that built it', async () => {
    expect((await filesIn('build/client', /\.map$/)).map(({ path }) => path)).toEqual([]);
    expect(where('sourceMappingURL')).toEqual([]);
    expect(where(process.cwd())).toEqual([]);
  });

  it('names no other site to load from', () => {
    const harmless =
      /^https?:\/\/(www\.w3\.org\/|react(js)?\.(org|dev)\/|reactrouter\.com|remix\.run|localhost$|[a-z]+\.invalid|\$\{)|^https?:\/\/(json-schema\.org\/|github\.com\/trpc\/|photoswipe\.com|www\.npmjs\.com\/package\/hash-wasm|simplewebauthn\.dev\/docs\/|\[\$\{)/;
    const addresses = shipped.flatMap(({ path, text }) =>
      [...text.matchAll(/https?:\/\/[^\s"'`)\\<>]+/g)].map(([address]) => `${path} ${address}`),
    );
    expect(addresses.filter((found) => !harmless.test(found.split(' ')[1] ?? ''))).toEqual([]);
  });
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('public/manifest.webmanifest', root), 'utf8'));

test('every icon of the manifest is there, in the size and format it says', async () => {
  expect(manifest.icons.length).toBeGreaterThanOrEqual(3);
  for (const icon of manifest.icons) {
    const file = new URL(`public${icon.src}`, root);
    expect(statSync(file).size).toBeLessThan(30_000);
    if (icon.sizes === 'any') {
      // A process that has taken photos decodes no drawings any more, so this one is read as text.
      expect(icon.type).toBe('image/svg+xml');
      expect(readFileSync(file, 'utf8')).toMatch(
        /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\s*$/,
      );
      continue;
    }
    const { format, width, height } = await sharp(readFileSync(file)).metadata();
    expect(`image/${format}`).toBe(icon.type);
    expect(`${width}x${height}`).toBe(icon.sizes);
  }
  expect(manifest.icons.some((icon: { purpose: string }) => icon.purpose === 'maskable')).toBe(true);
  expect(manifest.start_url).toBe('/inbox');
});

test('the offline page stands alone under the content security policy', () => {
  const page = readFileSync(new URL('public/offline.html', root), 'utf8');
  expect(page).not.toMatch(/<style|style=|<script|\son\w+=|https?:/);
  const paths = [...page.matchAll(/(?:src|href)="(\/[\w.-]+\.\w+)"/g)];
  expect(paths.length).toBeGreaterThan(0);
  for (const [, path = ''] of paths) {
    expect(statSync(new URL(`public${path}`, root)).isFile()).toBe(true);
  }
});

test('no style sheet loads anything from elsewhere, nor embeds what the policy refuses', () => {
  const folder = new URL('app/ui/styles/', root);
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'));
  expect(sheets.length).toBeGreaterThan(5);
  const loaded: string[] = [];
  for (const name of sheets) {
    const css = readFileSync(new URL(name, folder), 'utf8');
    expect(css, name).not.toMatch(/https?:|data:|@import url|url\(['"]?\/\//);
    for (const [, target = ''] of css.matchAll(/url\(['"]?([^'")]+)/g)) {
      expect(statSync(new URL(`node_modules/${target}`, root)).isFile()).toBe(true);
      loaded.push(target);
    }
  }
  expect(loaded.length).toBeGreaterThan(0);
});

test('no rule is left over: every class in the style sheets is used by a page', () => {
  const sourcesOf = (folder: string, ending: RegExp): string =>
    readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && ending.test(entry.name))
      .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
      .join('\n');
  const css = sourcesOf('app/ui/styles/', /\.css$/).replace(/\/\*.*?\*\//gs, '');
  const styled = new Set([...css.matchAll(/\.(-?[a-z][\w-]*)(?=[^{}]*\{)/g)].map(([, name = '']) => name));
  const words = new Set(sourcesOf('app/', /\.tsx$/).match(/[\w$-]+/g));
  // `notice-${kind}` uses every class that begins like it.
  const beginnings = [...words].filter((word) => word.endsWith('-$')).map((word) => word.slice(0, -1));
  const used = (name: string) =>
    words.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
  expect([...styled].filter((name) => !used(name))).toEqual([]);
  expect(styled.size).toBeGreaterThan(60);
});

import { readdir, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import type { Page } from 'playwright-core';
import { startApp } from '#tests/support/app-process.ts';
import { endBrowsers, openBrowser } from '#tests/support/browser.ts';
import { personAt } from '#tests/support/people.ts';
import { aim, printCells } from './measure.ts';

const assets = 'build/client/assets';
/** kB, 1000 bytes, compressed as the server sends them. */
const aims: Record<string, number> = { letter: 120, worker: 80 };

/** Bytes of JavaScript that Chromium really uses for a page, as the built server compresses them. */
export async function benchBytes(): Promise<void> {
  const app = await startApp({ env: { SEED_DEMO: 'true' } });
  const browser = await openBrowser();
  const page = await browser.visit(app.url, { more: { serviceWorkers: 'block' } });
  const sizes = createSizes(app.url);
  console.log('\nJavaScript of a page, kB compressed');
  printCells(['', 'until it is ready', 'late', 'files', 'against']);
  const row = async (name: string, path: string, settled: () => Promise<unknown>) => {
    const [early, late] = await scriptsOf(page, path, settled);
    const kB = await sizes.sum(early);
    const against = aims[name] ? aim(kB, aims[name], 'kB') : '';
    const files = String(early.length + late.length);
    printCells([name, kB.toFixed(1), (await sizes.sum(late)).toFixed(1), files, against]);
  };

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).first().waitFor();
  await row('welcome', '/', () => heading(/./));
  await row('log-in', '/login', () => page.getByLabel('Password').waitFor());
  await personAt(page, 'alpha', 'test1234').logIn();
  await row('inbox', '/inbox', () => heading('Inbox'));
  const letters = page.locator('main a[href^="/letters/"]');
  const path = (await letters.first().getAttribute('href')) ?? '';
  await row('letter', path, () => page.locator('.photo img').first().waitFor());
  await row('write', '/write?to=beta', () => page.getByLabel('Title').waitFor());
  for (const name of (await readdir(assets)).filter((file) => /\.worker-.+\.js$/.test(file)).sort()) {
    const files = await withImports(name);
    const kB = await sizes.sum(files.map((file) => `/assets/${file}`));
    const against = aim(kB, aims.worker ?? 0, 'kB');
    printCells([name.replace(/-[^-]+$/, ''), kB.toFixed(1), '', String(files.length), against]);
  }
  await browser.close();
  await endBrowsers();
  await app.dispose();
}

/** The scripts a page uses: those its markup names, which it needs to be ready, and those that come late. */
async function scriptsOf(page: Page, path: string, settled: () => Promise<unknown>) {
  await page.goto(path);
  await settled();
  await page.waitForLoadState('networkidle');
  const used = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname),
  );
  const markup = (await (await page.request.get(path)).text()).replace(
    /<script type="importmap".*?<\/script>/s,
    '',
  );
  const named = new Set(markup.match(/\/assets\/[\w.$-]+\.js/g));
  const scripts = [...new Set(used)].filter(
    (file) => /^\/assets\/.+\.js$/.test(file) && !/\.worker-/.test(file),
  );
  return [scripts.filter((file) => named.has(file)), scripts.filter((file) => !named.has(file))] as const;
}

/** A script with everything it may import, at once or late. */
async function withImports(name: string, found = new Set<string>()): Promise<string[]> {
  if (found.has(name)) return [];
  found.add(name);
  const text = await readFile(`${assets}/${name}`, 'utf8');
  for (const [, file] of text.matchAll(/["'`](?:\.\/|\/assets\/|assets\/)([\w.$-]+\.js)["'`]/g)) {
    if (file) await withImports(file, found);
  }
  return [...found];
}

function createSizes(url: string) {
  const known = new Map<string, number>();
  const sizeOf = async (path: string) => {
    const size = known.get(path) ?? (await compressedBytes(url + path));
    known.set(path, size);
    return size;
  };
  return {
    async sum(paths: readonly string[]): Promise<number> {
      let bytes = 0;
      for (const path of paths) bytes += await sizeOf(path);
      return bytes / 1000;
    },
  };
}

function compressedBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.once('end', () => resolve(bytes));
      answer.once('error', reject);
    }).once('error', reject);
  });
}

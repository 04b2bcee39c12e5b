import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../tests/support/app-process.ts';
import { desktop, endBrowsers, openBrowser, phone } from '../tests/support/browser.ts';
import { inspectPage, inspectWidthOfLargeText, untilOpened } from '../tests/support/inspect-page.ts';
import { serveInstallation } from '../tests/support/installation-http.ts';
import { type Stop, tour } from '../tests/support/tour.ts';
import { passkeyTour } from '../tests/support/tour-passkeys.ts';
import { seldomTour } from '../tests/support/tour-seldom.ts';

/**
 * Takes pictures of every page in every state: phone and desktop, light and dark, with and without
 * JavaScript. Reports problems that a program can see: overflow, low contrast, missing names.
 * Usage: screenshots.ts [part of a name], e.g. "write" or "read-inbox".
 */
const folder = new URL('../tests/.artifacts/screenshots/', import.meta.url).pathname;
const wanted = process.argv[2] ?? '';
const sizes = { phone, desktop };
const schemes = ['light', 'dark'] as const;

const narrow = { width: 320, height: 640 };

await rm(folder, { recursive: true, force: true });
const browser = await openBrowser();
const problems = new Map<string, Set<string>>();
let count = 0;

try {
  const app = await startApp({ env: { SEED_DEMO: 'true' } });
  try {
    for (const javaScript of [true, false]) {
      const open = () => browser.visit(app.url, { javaScript, viewport: desktop });
      await photograph(tour(open, `guest_${Number(javaScript)}`), javaScript);
      if (javaScript) await photograph(passkeyTour(open), javaScript);
    }
  } finally {
    await app.dispose();
  }
  for (const javaScript of [true, false]) {
    const world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
    await photograph(seldomTour({ world, browser, javaScript }), javaScript).finally(world.close);
  }
} finally {
  await endBrowsers();
  console.log(`${count} pictures in ${folder}`);
  for (const [problem, where] of problems)
    console.error(`${problem}   [${[...where].slice(0, 4).join(', ')}]`);
}

async function photograph(stops: AsyncGenerator<Stop>, javaScript: boolean): Promise<void> {
  const script = javaScript ? 'script' : 'no-script';
  for await (const { name, page, opening } of stops) {
    for (const problem of browser.takeProblems()) note(problem, name);
    if (!name.includes(wanted)) continue;
    if (javaScript && !opening) await untilOpened(page);
    await page.setViewportSize(narrow);
    for (const problem of [...(await inspectPage(page)), ...(await inspectWidthOfLargeText(page))])
      note(problem, `${name} ${narrow.width}`);
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      // The phone is as tall as the page, so that elements stuck to the window's bottom are below
      // everything.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const grown = { ...viewport, height: Math.max(viewport.height, height) };
      if (size === 'phone') await page.setViewportSize(grown);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        for (const problem of await inspectPage(page)) note(problem, `${name} ${size} ${colorScheme}`);
        const target = join(folder, `${size}-${colorScheme}-${script}`);
        await mkdir(target, { recursive: true });
        await page.screenshot({ path: join(target, `${name}.png`), fullPage: size === 'desktop' });
        count++;
      }
    }
  }
}

function note(problem: string, where: string): void {
  problems.set(problem, (problems.get(problem) ?? new Set()).add(where));
}

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../tests/support/app-process.ts';
import { desktop, endBrowsers, openBrowser, phone } from '../tests/support/browser.ts';
import { untilOpened } from '../tests/support/inspect-page.ts';
import { tour } from '../tests/support/tour.ts';

/**
 * Pictures of every page in every state: phone and desktop, light and dark, with and without JavaScript.
 * Usage: screenshots.ts [part of a name], e.g. "write" or "read-inbox".
 */
const folder = new URL('../tests/.artifacts/screenshots/', import.meta.url).pathname;
const wanted = process.argv[2] ?? '';
const sizes = { phone, desktop };
const schemes = ['light', 'dark'] as const;

await rm(folder, { recursive: true, force: true });
const app = await startApp({ env: { SEED_DEMO: 'true' } });
const browser = await openBrowser();
let count = 0;
try {
  for (const javaScript of [true, false]) {
    const script = javaScript ? 'script' : 'no-script';
    const open = () => browser.visit(app.url, { javaScript, viewport: desktop });
    for await (const { name, page } of tour(open, `guest_${Number(javaScript)}`)) {
      if (!name.includes(wanted)) continue;
      if (javaScript) await untilOpened(page);
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        // As tall as the page, so that what sticks to the lower edge of the window is below everything.
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, height) });
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          const target = join(folder, `${size}-${colorScheme}-${script}`);
          await mkdir(target, { recursive: true });
          await page.screenshot({ path: join(target, `${name}.png`) });
          count++;
        }
      }
    }
  }
} finally {
  console.log(`${count} pictures in ${folder}`);
  for (const problem of new Set(browser.takeProblems())) console.error(problem);
  await endBrowsers();
  await app.dispose();
}

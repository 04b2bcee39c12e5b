import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '#tests/support/browser.ts';
import { findBrowser } from '#tests/support/find-browser.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'brings its own fonts, so that pages are drawn on a machine that has none',
  async () => {
    const { env } = await findBrowser();
    const conf = readFileSync(env.FONTCONFIG_FILE ?? '', 'utf8');
    const folders = [...conf.matchAll(/<dir>(.*)<\/dir>/g)].map(([, folder = '']) => folder);
    expect(folders.length).toBeGreaterThan(0);
    for (const folder of folders) {
      const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
      expect(
        files.filter((name) => name.endsWith('.ttf')),
        folder,
      ).not.toEqual([]);
    }
  },
);

it('is started anew after it crashed, and the crash is reported', async () => {
  const before = await visit();
  const session = await before.context().browser()?.newBrowserCDPSession();
  const gone = new Promise((resolve) => before.context().browser()?.once('disconnected', resolve));
  session?.send('Browser.crash').catch(() => {});
  await gone;
  const after = await visit();
  expect(await after.evaluate(() => document.body.textContent)).toBe('Dear alpha');
  expect(browser.takeProblems()).toEqual([]);

  const crashed = after.waitForEvent('crash');
  after.goto('chrome://crash').catch(() => {});
  await crashed;
  expect(browser.takeProblems().filter((problem) => problem.startsWith('crashed: '))).toHaveLength(1);
});

async function visit(): Promise<Page> {
  const page = await browser.visit('http://127.0.0.1');
  await page.setContent('Dear alpha');
  return page;
}

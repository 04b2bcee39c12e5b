import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { desktop, phone } from '#tests/support/browser.ts';
import { type Person, personAt } from '#tests/support/people.ts';
import { readZip } from '#tests/support/read-zip.ts';
import { useApp } from '#tests/support/use-app.ts';

/** Taking everything along, and going, without JavaScript. */
describe('leaving', () => {
  const around = useApp({ demo: true, serviceWorker: false });
  let alpha: Person;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    page = await around.browser.visit(around.app.url, { javaScript: false, viewport: phone });
    alpha = personAt(page, 'alpha', 'test1234');
    await alpha.logIn();
    folder = await mkdtemp(join(tmpdir(), 'bff-export-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('a wrong password gets no copy, but a word about it', async () => {
    await page.goto('/settings');
    await page.getByRole('link', { name: /^A copy of your letters/ }).click();
    await alpha.see('A copy of your letters');
    await page.getByLabel('Your password').fill('not the password');
    await alpha.press('Download my letters');
    expect(await alpha.complaint()).toContain('not your password');
  });

  test('the copy is a ZIP whose pages show letters and photos without a connection', async () => {
    await page.getByLabel('Your password').fill('test1234');
    const [download] = await Promise.all([page.waitForEvent('download'), alpha.press('Download my letters')]);
    expect(download.suggestedFilename()).toMatch(/^letters-of-alpha-\d{4}-\d\d-\d\d\.zip$/);
    const files = readZip(await readFile(await download.path()));
    for (const { name, bytes } of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
    const reader = await around.browser.visit(`file://${folder}/`, { viewport: desktop });
    await reader.context().setOffline(true);
    await reader.goto(`file://${folder}/index.html`);
    expect(await reader.getByRole('heading', { level: 1 }).textContent()).toBe('alpha’s letters');
    const photographed = reader.getByRole('listitem').filter({ hasText: /\d photo/ });
    const contents = reader.url();
    await photographed.first().getByRole('link').click();
    await reader.waitForURL(({ href }) => href !== contents);
    expect((await reader.getByRole('heading', { level: 1 }).textContent())?.length).toBeGreaterThan(2);
    const shown = await reader
      .getByRole('img')
      .evaluateAll((pictures) => (pictures as HTMLImageElement[]).map((picture) => picture.naturalWidth));
    expect(shown.length).toBeGreaterThan(1);
    expect(Math.min(...shown)).toBeGreaterThan(50);
    // The policy lets the style through: the sheet is white on a coloured desk.
    const colours = await reader
      .locator('body, main')
      .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).backgroundColor));
    expect(new Set(colours).size).toBe(2);
    await reader.getByRole('link', { name: 'All letters' }).click();
    await reader.getByRole('heading', { name: /Letters you received/ }).waitFor();
    for (const [size, viewport] of Object.entries({ phone, desktop })) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await reader.setViewportSize(viewport);
        await reader.emulateMedia({ colorScheme });
        const wide = await reader.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide, `${size} ${colorScheme}`).toBeLessThanOrEqual(0);
      }
    }
    await reader.context().close();
  });

  test('deletion wants the own name and the password, is announced on every page, and can be called off', async () => {
    await page.goto('/settings');
    await page.getByRole('link', { name: /^Delete your account/ }).click();
    await alpha.see('Delete your account');
    await page.getByLabel('Your username').fill('beta');
    await page.getByLabel('Your password').fill('test1234');
    await alpha.press('Delete my account in 7 days');
    expect(await alpha.complaint()).toContain('Type your username, alpha');
    expect(await page.getByLabel('Your username').inputValue()).toBe('beta');

    await page.getByLabel('Your username').fill('alpha');
    await page.getByLabel('Your password').fill('not the password');
    await alpha.press('Delete my account in 7 days');
    expect(await alpha.complaint()).toContain('not your password');

    await page.getByLabel('Your password').fill('test1234');
    await alpha.press('Delete my account in 7 days');
    await alpha.see('Your account will be deleted');

    const elsewhere = personAt(
      await around.browser.visit(around.app.url, { javaScript: false, viewport: phone }),
      'alpha',
      'test1234',
    );
    await elsewhere.logIn();
    await elsewhere.page.getByText(/Your account will be deleted on \d+ \w+ \d{4}/).waitFor();
    await elsewhere.page.getByRole('link', { name: 'Keep it, or see what’s deleted' }).click();
    await elsewhere.press('Keep my account');
    await elsewhere.page.getByText('We’ve kept your account.').waitFor();
    await elsewhere.page.context().close();

    await page.goto('/inbox');
    expect(await page.getByText('Your account will be deleted').count()).toBe(0);
  });
});

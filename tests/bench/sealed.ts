import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startApp } from '#tests/support/app-process.ts';
import { endBrowsers, openBrowser } from '#tests/support/browser.ts';
import { makePhotos } from '#tests/support/make-photos.ts';
import { type Person, personAt, photoField, readSentCopy } from '#tests/support/people.ts';
import { bytesOf } from './bench-process.ts';
import { aim, type Figures, figuresOf, printHeader, printRow } from './measure.ts';

/** What a sealed session costs in Chromium: the log-in, opening a letter, and sealing and sending photos. */
export async function benchSealed(): Promise<void> {
  const app = await startApp({ env: { SEED_DEMO: 'true' } });
  const browser = await openBrowser();
  const sit = async () => personAt(await browser.visit(app.url), 'alpha', 'test1234');

  printHeader('Sealed session in Chromium');
  const people: Person[] = [];
  const logIns: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    const person = await sit();
    await person.page.goto('/login');
    await person.page.waitForLoadState('networkidle');
    await person.page.getByLabel('Username').fill('alpha');
    await person.page.getByLabel('Password').fill('test1234');
    const started = performance.now();
    await person.press('Log in');
    await person.page.locator('main a[href^="/letters/"]').first().waitFor();
    logIns.push(performance.now() - started);
    people.push(person);
  }
  printRow('log in, until the inbox is there', figuresOf(logIns), null);

  const [writer] = people;
  if (!writer) throw new Error('nobody');
  const { page } = writer;
  const path = (await page.locator('main a[href^="/letters/"]').first().getAttribute('href')) ?? '';
  const cold: number[] = [];
  for (const { page: fresh } of people) cold.push(await readableAfter(fresh, path));
  const warm: number[] = [];
  for (let n = 0; n < 12; n += 1) warm.push(await readableAfter(page, path));
  printRow('hydrated to readable, first letter', figuresOf(cold), null, aimOf(figuresOf(cold)));
  printRow('hydrated to readable, later ones', figuresOf(warm), null, aimOf(figuresOf(warm)));
  for (const { page: other } of people.slice(1)) await other.context().close();

  const folder = await mkdtemp(join(tmpdir(), 'bff-bench-photos-'));
  const photos = await makePhotos(12);
  const files = photos.map((_, n) => join(folder, `${n}.jpg`));
  await Promise.all(files.map((file, n) => writeFile(file, photos[n] ?? new Uint8Array())));
  for (const count of [4, 12]) {
    const times = [
      await sendPhotos(writer, files.slice(0, count)),
      await sendPhotos(writer, files.slice(0, count)),
    ];
    const figures = figuresOf(times);
    const each = `${Math.round(figures.median / count)} ms a photo`;
    printRow(`seal and send ${count} photos`, figures, bytesOf(photos.slice(0, count)), each);
  }
  await rm(folder, { recursive: true, force: true });
  await browser.close();
  await endBrowsers();
  await app.dispose();
}

const aimOf = (figures: Figures) => aim(figures.median, 300, 'ms');

/**
 * Milliseconds from the moment the page has come alive, when it asks for what opens letters, until the letter's own title
 * is on it.
 */
async function readableAfter(page: Page, path: string): Promise<number> {
  await page.addInitScript(() => {
    const found = () => {
      if (!document.querySelector('.sheet-title')) return;
      observer.disconnect();
      performance.mark('readable');
    };
    const observer = new MutationObserver(found);
    observer.observe(document, { childList: true, subtree: true });
  });
  await page.goto(path);
  await page.waitForFunction(() => performance.getEntriesByName('readable').length > 0);
  return page.evaluate(() => {
    const opening = performance
      .getEntriesByType('resource')
      .find(({ name }) => /open-letter-page/.test(name));
    const readable = performance.getEntriesByName('readable')[0];
    return (readable?.startTime ?? Number.NaN) - (opening?.startTime ?? Number.NaN);
  });
}

async function sendPhotos({ page, ...writer }: Person, files: string[]): Promise<number> {
  await page.goto('/write?to=beta');
  await page.waitForLoadState('networkidle');
  await writer.fillLetter({ title: 'A letter to measure', body: 'With photographs.' });
  await photoField(page).setInputFiles(files);
  const started = performance.now();
  await writer.press('Seal and send');
  await readSentCopy(page, 120_000);
  return performance.now() - started;
}

import { SECOND } from '#core/durations.ts';
import { startApp } from '#tests/support/app-process.ts';
import { endBrowsers, openBrowser, phone } from '#tests/support/browser.ts';
import { aim, printCells } from './measure.ts';

/** Slow 3G, as browsers' developer tools have it: 400 kbit/s and 400 ms. */
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
/** Seconds from pressing "Log in" to the inbox with its titles. */
const longest = 6;

/** What a login costs on a phone with a slow network, with nothing cached. */
export async function benchSlowLogIn(): Promise<void> {
  const app = await startApp({ env: { SEED_DEMO: 'true' } });
  const browser = await openBrowser();
  console.log('\nLogin on slow 3G, s');
  printCells(['', 'form', 'logged in', 'against']);
  for (const time of ['first visit', 'next visit']) {
    const page = await browser.visit(app.url, { viewport: phone, more: { serviceWorkers: 'block' } });
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    if (time === 'next visit') {
      await page.goto('/login');
      await page.waitForLoadState('networkidle');
    }
    await network.send('Network.emulateNetworkConditions', slow);
    const began = Date.now();
    await page.goto('/login', { waitUntil: 'commit' });
    await page.getByLabel('Username').fill('alpha');
    const ready = Date.now();
    await page.getByLabel('Password').fill('test1234');
    // As long as it takes to type.
    await page.waitForTimeout(3 * SECOND);
    const pressed = Date.now();
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.locator('.envelope-title:not(.envelope-opening), .envelope-new').first().waitFor();
    const seconds = (Date.now() - pressed) / SECOND;
    printCells([time, ((ready - began) / SECOND).toFixed(1), seconds.toFixed(1), aim(seconds, longest, 's')]);
    await page.context().close();
  }
  await browser.close();
  await endBrowsers();
  await app.dispose();
}

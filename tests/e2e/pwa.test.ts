import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import { dumpStorage, expectOnlyShell, shellPaths } from '#tests/support/browser-storage.ts';
import { keptKeys, usableOnly } from '#tests/support/kept-keys.ts';
import { type NextVersion, serveNextVersion } from '#tests/support/next-version.ts';
import { logOut } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

/** The worker is active, and this page has it: pages loaded before the worker do not. */
async function openWithWorker(page: Page, path: string): Promise<void> {
  await page.goto(path);
  const workerState = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state);
  await expect.poll(workerState, { timeout: 20_000 }).toBe('activated');
  await page.goto(path);
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toMatch(
    /\/entry\.worker\.js$/,
  );
}

async function logIn(page: Page, username: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill('test1234');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL('**/inbox');
}

describe('the app on a device', () => {
  const around = useApp({ kind: 'whole', demo: true });

  describe('what makes it installable', () => {
    const get = (path: string) => fetch(around.app.url + path);

    test('each file is served as what it is, and the worker is asked for anew each time', async () => {
      const expected: Record<string, [type: string, caching: RegExp]> = {
        '/manifest.webmanifest': ['application/manifest+json', /max-age/],
        '/entry.worker.js': ['text/javascript', /^no-cache$/],
        '/offline.html': ['text/html', /max-age/],
        '/offline.css': ['text/css', /max-age/],
        '/favicon.svg': ['image/svg+xml', /max-age/],
        '/icons/icon-192.png': ['image/png', /max-age/],
      };
      for (const [path, [type, caching]] of Object.entries(expected)) {
        const response = await get(path);
        expect(response.status, path).toBe(200);
        expect(response.headers.get('content-type')?.split(';')[0], path).toBe(type);
        expect(response.headers.get('cache-control'), path).toMatch(caching);
        expect(response.headers.get('x-content-type-options'), path).toBe('nosniff');
      }
    });

    test('the offline page has an address that is easy to remember', async () => {
      expect((await get('/offline')).url).toBe(`${around.app.url}/offline.html`);
    });

    test('every icon of the manifest decodes in its stated size', async () => {
      const page = await around.browser.visit(around.app.url);
      await page.goto('/about');
      const manifest = await (await get('/manifest.webmanifest')).json();
      const icons: { src: string; sizes: string; type: string; purpose: string }[] = manifest.icons;
      const sizes = await page.evaluate(
        (sources) =>
          Promise.all(
            sources.map(async (source) => {
              const image = new Image();
              image.src = source;
              await image.decode();
              return `${image.naturalWidth}x${image.naturalHeight}`;
            }),
          ),
        icons.map((icon) => icon.src),
      );
      icons.forEach((icon, index) => {
        if (icon.sizes === 'any')
          expect(Number.parseInt(sizes[index] ?? '', 10), icon.src).toBeGreaterThan(0);
        else expect(sizes[index], icon.src).toBe(icon.sizes);
      });
      for (const [size, purpose] of [
        ['192x192', 'any'],
        ['512x512', 'any'],
        ['512x512', 'maskable'],
      ]) {
        expect(icons).toContainEqual(expect.objectContaining({ sizes: size, purpose, type: 'image/png' }));
      }
      await page.context().close();
    });

    test('the browser has nothing against installing it', async () => {
      const page = await around.browser.visit(around.app.url);
      await openWithWorker(page, '/about');
      const devtools = await page.context().newCDPSession(page);
      const manifest = await devtools.send('Page.getAppManifest');
      expect(manifest.url).toBe(`${around.app.url}/manifest.webmanifest`);
      expect(manifest.errors).toEqual([]);
      const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
      // Every visit of a test is in a window of its own kind, which never installs anything.
      expect(installabilityErrors.filter((error) => error.errorId !== 'in-incognito')).toEqual([]);
      const themes = await page
        .locator('meta[name="theme-color"]')
        .evaluateAll((metas) => metas.map((meta) => meta.getAttribute('content')));
      expect(themes).toContain(JSON.parse(manifest.data ?? '{}').theme_color);
      await page.context().close();
    });
  });

  describe('a person who is logged in', () => {
    let page: Page;
    let letterPath = '';
    /** A line of the letter. */
    let secret = '';

    beforeAll(async () => {
      page = await around.browser.visit(around.app.url, { viewport: phone });
    });
    afterEach(async () => {
      if (!around.app.pid) await around.app.restart();
    });
    afterAll(() => page.context().close());

    test('has the worker from the second page on, and logs in as ever', async () => {
      await openWithWorker(page, '/login');
      await logIn(page, 'alpha');
    });

    test('leaves nothing of a letter and its photos in the browser, only the public files of the app', async () => {
      await page.locator('a[href^="/letters/"]').first().click();
      await page.waitForURL('**/letters/*');
      letterPath = new URL(page.url()).pathname;
      // Once by a script, once by the address: both kinds of answers have gone by the worker.
      await page.goto(letterPath);
      const preview = page.locator('.gallery img').first();
      await expect
        .poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth))
        .toBeGreaterThan(0);
      const paragraphs = await page.locator('.letter-text p').allTextContents();
      secret = paragraphs
        .reduce((longest, text) => (text.length > longest.length ? text : longest))
        .slice(0, 60);
      expect(secret.length).toBeGreaterThan(40);
      const full = await page.locator('.gallery a').first().getAttribute('href');
      await page.goto(full ?? '');
      for (const path of ['/sent', '/drafts', '/friends', '/write', '/inbox']) await page.goto(path);
      const answer = await page.evaluate(() => fetch('/inbox.data').then((response) => response.status));
      expect(answer).toBe(200);
      await page.goto('/friends/beta/safety');
      await page.getByRole('button', { name: 'They match: mark as verified' }).click();
      await page.getByText('You compared').waitFor();

      const { kept, databases, records, texts } = await dumpStorage(page);
      expect(kept.map((file) => file.path)).toEqual(expect.arrayContaining(shellPaths));
      expect(kept.some((file) => file.path.startsWith('/assets/'))).toBe(true);
      expectOnlyShell(kept);
      // The keys, which no script can take out.
      expect(databases).toEqual(['bff-keys']);
      expect(await keptKeys(page)).toMatchObject([{ ...usableOnly }]);
      // Beside them what is known of friends' keys, sealed.
      expect(records).toContain('pins:');
      for (const place of [texts, records]) {
        for (const text of [secret, 'beta', 'test1234']) expect(place).not.toContain(text);
      }
      expect(new Set(kept.map((file) => file.cache)).size).toBe(1);
    });

    test('gets the files of the app from the worker, without asking the server', async () => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Network.clearBrowserCache');
      const before = around.app.events('request').length;
      const fromWorker: boolean[] = [];
      page.on('response', (response) => {
        if (new URL(response.url()).pathname.startsWith('/assets/'))
          fromWorker.push(response.fromServiceWorker());
      });
      await page.goto('/inbox', { waitUntil: 'networkidle' });
      expect(fromWorker.length).toBeGreaterThan(5);
      expect(fromWorker).not.toContain(false);
      const asked = around.app.events('request').slice(before);
      expect(asked.filter((line) => String(line.path).startsWith('/assets/'))).toEqual([]);
      expect(asked.filter((line) => line.path === '/inbox')).toHaveLength(1);
    });

    test('sees the offline page while the server is away, and the letter on trying again', async () => {
      await page.goto(letterPath);
      await around.app.stop();
      await page.goto(letterPath);
      await page.getByRole('heading', { name: 'You’re offline' }).waitFor();
      expect(await page.content()).not.toContain(secret);
      expect(await page.evaluate(() => document.styleSheets.length)).toBe(1);
      expect(await page.evaluate(() => document.styleSheets[0]?.cssRules.length)).toBeGreaterThan(0);
      await expect
        .poll(() => page.locator('main img').evaluate((image: HTMLImageElement) => image.naturalWidth))
        .toBeGreaterThan(0);
      await page.getByRole('link', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: 'You’re offline' }).waitFor();

      await around.app.restart();
      await page.getByRole('link', { name: 'Try again' }).click();
      await page.getByText(secret).first().waitFor();
      expect(new URL(page.url()).pathname).toBe(letterPath);
      around.expectOnlyConnectionProblems();
    });

    test('leaves nothing behind on logging out', async () => {
      await page.goto('/inbox');
      await logOut(page);
      await page.waitForURL((url) => url.pathname === '/');
      const { kept, databases, texts } = await dumpStorage(page);
      expectOnlyShell(kept);
      expect(databases).toEqual([]);
      expect(texts).not.toContain(secret);
      // The worker went with the rest, and is fetched anew by the first page.
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      await around.app.stop();
      await page.goto(letterPath);
      await page.getByRole('heading', { name: 'You’re offline' }).waitFor();
      await around.app.restart();
      around.expectOnlyConnectionProblems();
    });
  });

  describe('a new version', () => {
    let next: NextVersion;

    beforeAll(async () => {
      next = await serveNextVersion(around.app.url);
    });
    afterAll(() => next.close());

    test('takes over at the next visit and deletes what the one before had kept, and nobody else’s', async () => {
      const page = await around.browser.visit(next.url);
      await openWithWorker(page, '/about');
      const before = await page.evaluate(() => caches.keys());
      expect(before).toHaveLength(1);
      expect(before[0]).toMatch(/^bff-shell-[0-9a-f]{16}$/);
      await page.evaluate(() => caches.open('of-another-app'));

      const version = 'feedfacefeedface';
      next.release(version);
      await page.reload();
      await expect
        .poll(() => page.evaluate(() => caches.keys()), { timeout: 15_000 })
        .toEqual(['of-another-app', `bff-shell-${version}`]);
      await page.reload();
      const { kept } = await dumpStorage(page);
      expect(kept.map((file) => file.path)).toEqual(expect.arrayContaining(shellPaths));
      expect(new Set(kept.map((file) => file.cache))).toEqual(new Set([`bff-shell-${version}`]));
      expectOnlyShell(kept);
      await page.context().close();
    });
  });
});

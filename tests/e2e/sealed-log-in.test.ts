import { parse, stringify } from 'devalue';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import { keptKeys, usableOnly } from '#tests/support/kept-keys.ts';
import { logOut, type Person, personAt } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';
import { watchDepartures } from '#tests/support/watch-departures.ts';

/** With JavaScript on, the password stays in the browser, and the keys it opens do too. */
describe('a log-in with JavaScript', () => {
  const around = useApp({ demo: true, serviceWorker: false });
  const visit = () => around.browser.visit(around.app.url, { viewport: phone });
  const ours = (username: string) => ({
    username,
    epoch: 1,
    ...usableOnly,
    openBytes: ['identity.publicKey'],
  });

  test('opens the inbox and the letters without the password having left', async () => {
    const page = await visit();
    const departures = watchDepartures(page.context());
    const alpha = personAt(page, 'alpha', 'test1234');
    const entered = alpha.logIn();
    const progress = page.getByRole('progressbar', { name: 'Working on your key' });
    await progress.waitFor();
    // The work is done elsewhere: this page still answers.
    expect(await page.getByRole('status').filter({ has: progress }).textContent()).toMatch(
      /never leaves this device/,
    );
    await entered;
    expect(await keptKeys(page)).toEqual([ours('alpha')]);
    await alpha.openLetterFrom('beta');
    expect(departures.requests()).toContain('POST /session');
    expect(departures.carrying({ password: 'test1234' })).toEqual([]);

    // Another tab, with a letter on it, is not left with it.
    const other = await page.context().newPage();
    await other.goto(page.url());
    const letter = await other.getByRole('heading', { level: 1 }).textContent();
    await page.goto('/settings');
    await logOut(alpha.page);
    await page.waitForURL((url) => url.pathname === '/');
    expect(await keptKeys(page)).toEqual([]);
    await other.waitForURL((url) => url.pathname === '/login');
    await page.goBack();
    expect(await page.getByText(letter ?? '').count()).toBe(0);
    await page.context().close();
  });

  describe('of several people, one after the other', () => {
    let page: Page;
    let alpha: Person;
    let beta: Person;

    beforeAll(async () => {
      page = await visit();
      alpha = personAt(page, 'alpha', 'test1234');
      beta = personAt(page, 'beta', 'test1234');
      await alpha.logIn();
    }, 60_000);

    test('a wrong password is refused, leaves the name where it is and no key behind', async () => {
      const other = personAt(await visit(), 'alpha', 'test1234');
      await other.logIn('not the password');
      expect(await other.complaint()).not.toBe('');
      expect(await other.page.getByLabel('Username').inputValue()).toBe('alpha');
      expect(await keptKeys(other.page)).toEqual([]);
    });

    test('the next person’s keys take the place of the last one’s', async () => {
      expect(await keptKeys(page)).toEqual([ours('alpha')]);
      // The last one did not log out: only their session is gone.
      await page.context().clearCookies();
      await beta.logIn();
      expect(await keptKeys(page)).toEqual([ours('beta')]);
    });

    test('a session that ended elsewhere takes its keys along', async () => {
      await page.context().clearCookies();
      await page.goto('/inbox');
      await beta.see('Log in');
      await expect.poll(() => keptKeys(page)).toEqual([]);
    });

    test('a browser whose storage was cleared asks for the password, and goes on', async () => {
      await alpha.logIn();
      await page.evaluate(() => indexedDB.deleteDatabase('bff-keys'));
      await page.goto('/inbox');
      await page.getByLabel('Password', { exact: true }).fill('test1234');
      await page.keyboard.press('Enter');
      await alpha.see('Inbox');
      await expect.poll(() => keptKeys(page)).toEqual([ours('alpha')]);
    });
  });

  test('nothing typed before the script is ready is posted, and nothing is lost by it', async () => {
    const page = await visit();
    const departures = watchDepartures(page.context());
    await page.route(/\/assets\/.*\.js$/, () => {});
    for (const path of ['/login', '/join']) {
      await page.goto(path, { waitUntil: 'commit' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const field of await page.locator('input:visible').all()) {
        await field.fill('typed too early', { timeout: 1_000 }).catch(() => {});
        await field.press('Enter', { timeout: 1_000 }).catch(() => {});
      }
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
    }
    expect(departures.requests().filter((request) => request.startsWith('POST'))).toEqual([]);
    expect(departures.carrying({ typed: 'typed too early' })).toEqual([]);
    // Whoever waits in vain is told, and shown a way on; not who waits a moment.
    const late = page.getByText('This page hasn’t finished loading');
    expect(await late.isVisible()).toBe(false);
    await page.evaluate(() => {
      for (const waiting of document.getAnimations()) waiting.finish();
    });
    await late.waitFor();
    await Promise.all([
      page.waitForEvent('framenavigated'),
      page.getByRole('link', { name: 'Reload the page' }).click(),
    ]);
    expect(new URL(page.url()).pathname).toBe('/join');
    // Only now: what is held back arrives at that moment, and the link would be gone.
    await page.unroute(/\/assets\/.*\.js$/);
    await personAt(page, 'alpha', 'test1234').logIn();
  });

  test('a part of the script that does not arrive is told where it is missed, and what was typed stays', async () => {
    const page = await visit();
    await page.goto('/login');
    await page.getByLabel('Username').fill('alpha');
    await page.getByLabel('Password').fill('test1234');
    await page.context().setOffline(true);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Part of this page couldn’t be loaded' }).waitFor();
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('test1234');
    await page.context().setOffline(false);
    around.browser.takeProblems();
    await personAt(page, 'alpha', 'test1234').logIn();
  });

  test('a browser whose store of keys never opens is told so, and is not left logged in without them', async () => {
    const page = await visit();
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
    });
    await page.clock.install();
    const alpha = personAt(page, 'alpha', 'test1234');
    const answer = page.waitForResponse(/\/session$/);
    void alpha.logIn().catch(() => {});
    await answer;
    await expect
      .poll(async () => {
        await page.clock.fastForward(11_000);
        return page.getByRole('alert').count();
      })
      .toBeGreaterThan(0);
    expect(await alpha.complaint()).toContain('won’t let us store your keys');
    await page.goto('/inbox');
    await alpha.see('Log in');
  });

  type Kdf = { salt: Uint8Array; params: { memoryKiB: number; iterations: number; parallelism: number } };
  const cheaper =
    (memoryKiB: number, iterations: number) =>
    (kdf: Kdf): Kdf => ({ ...kdf, params: { ...kdf.params, memoryKiB, iterations } });

  /** Lies about salt and cost, as the server could; counts how often it was asked. */
  async function lieAboutKdf(page: Page, lie: (kdf: Kdf) => Kdf): Promise<() => number> {
    let asked = 0;
    await page.route(/\/api\/trpc\/accounts\.kdf/, async (route) => {
      asked += 1;
      const response = await route.fetch();
      const told = (answer: { result: { data: string } }) => ({
        result: { data: stringify(lie(parse(answer.result.data))) },
      });
      const answers = await response.json();
      await route.fulfill({ response, json: Array.isArray(answers) ? answers.map(told) : told(answers) });
    });
    return () => asked;
  }
  const sent = (departures: ReturnType<typeof watchDepartures>) =>
    departures.requests().filter((request) => /logInSealed|POST/.test(request));

  test.each([
    ['a lower cost', cheaper(32_768, 2), /weaker protection/, /I know why/],
    [
      'another salt',
      (kdf: Kdf) => ({ ...kdf, salt: kdf.salt.map((byte) => byte ^ 1) }),
      /was changed/,
      /myself/,
    ],
  ] as const)(
    'a server that asks for %s than last time is sent nothing before its owner agrees',
    async (_, lie, why, box) => {
      const page = await visit();
      const alpha = personAt(page, 'alpha', 'test1234');
      await alpha.logIn();
      await page.goto('/settings');
      await logOut(alpha.page);
      await page.waitForURL((url) => url.pathname === '/');

      await lieAboutKdf(page, lie);
      const departures = watchDepartures(page.context());
      await alpha.tryToLogIn('test1234');
      expect(await alpha.complaint()).toMatch(why);
      expect(sent(departures)).toEqual([]);
      expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('test1234');
      // Pressed once more without a word, it is asked again.
      await page.getByLabel('Password', { exact: true }).press('Enter');
      await expect.poll(() => alpha.complaint()).toMatch(why);
      expect(sent(departures)).toEqual([]);

      await page.getByLabel(box).check();
      await page.getByLabel('Password', { exact: true }).press('Enter');
      await expect.poll(() => sent(departures)).toEqual(['POST /session']);
      // It was a lie, so the key is not the one the server knows; and the lie is not what is remembered.
      await expect.poll(() => alpha.complaint()).not.toMatch(why);
      await page.unroute(/\/api\/trpc\/accounts\.kdf/);
      await alpha.logIn();
      await page.context().close();
    },
  );

  test('a server that asks for a cheap hash is given none', async () => {
    const page = await visit();
    const alpha = personAt(page, 'alpha', 'test1234');
    const departures = watchDepartures(page.context());
    const asked = await lieAboutKdf(page, cheaper(1_024, 1));
    await alpha.tryToLogIn('test1234');
    expect(await alpha.complaint()).not.toBe('');
    expect(asked()).toBe(1);
    expect(sent(departures)).toEqual([]);
    expect(await keptKeys(page)).toEqual([]);
  });
});

import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '#tests/support/app-process.ts';
import { openBrowser, phone, type TestBrowser } from '#tests/support/browser.ts';
import { personAt } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

describe('at another name of this machine than APP_URL', () => {
  const around = useApp({ demo: true, serviceWorker: false });

  it('people log in as ever, and passkeys are offered at APP_URL only', async () => {
    const elsewhere = around.app.url.replace('localhost', '127.0.0.1');
    const page = await around.browser.visit(elsewhere, { viewport: phone });
    await personAt(page, 'alpha', 'test1234').logIn();
    await page.goto('/settings/two-factor');
    const link = page.getByRole('link', { name: `${around.app.url}/settings/two-factor` });
    await link.waitFor();
    expect(await page.getByRole('link', { name: 'Add a passkey' }).count()).toBe(0);
    await page.goto('/settings/two-factor?do=passkey');
    await link.waitFor();
    expect(await page.getByLabel('Your password').count()).toBe(0);

    const atHome = await around.browser.visit(around.app.url);
    await personAt(atHome, 'alpha', 'test1234').logIn();
    await atHome.goto('/settings/two-factor');
    await atHome.getByRole('link', { name: 'Add a passkey' }).waitFor();
    expect(await atHome.getByText('Passkeys belong to one address').count()).toBe(0);
  });
});

describe.each([
  ['http://bff.example.test', 'Ask the person who runs this server to set up https.'],
  ['https://bff.example.test', 'Open it at https://bff.example.test'],
])('over plain http, with APP_URL=%s', (appUrl, advice) => {
  let app: AppProcess;
  let browser: TestBrowser;
  const network = homeNetwork(() => app.url);
  beforeAll(async () => {
    await network.open();
    app = await startApp({ env: { APP_URL: appUrl } });
    browser = await openBrowser({ serviceWorker: false });
  });
  afterAll(async () => {
    // Browsers complain of the headers that they ignore here, and of nothing else.
    const others = browser.takeProblems().filter((problem) => !/untrustworthy|origin-keyed/.test(problem));
    await browser.close();
    await app.dispose();
    network.close();
    expect(others).toEqual([]);
  });
  const visit = (javaScript: boolean) =>
    browser.visit('http://bff.example.test', {
      javaScript,
      more: { proxy: { server: network.proxy() } },
    });

  it('no form is drawn whose script cannot work, and the page says what to do', async () => {
    const page = await visit(true);
    for (const path of ['/login', '/join', '/forgot', '/login?next=%2Fsent']) {
      await page.goto(path);
      await page.getByText('This page needs a secure connection').waitFor();
      expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
      expect(await page.getByRole('alert').textContent()).toContain(advice);
      expect(await page.locator('form input').count()).toBe(0);
    }
    if (appUrl.startsWith('https:')) {
      const href = await page.getByRole('link', { name: advice }).getAttribute('href');
      expect(href).toBe(`${appUrl}/login?next=%2Fsent`);
    }
  });

  it('the plain form is there without JavaScript', async () => {
    const page = await visit(false);
    await page.goto('/forgot');
    await page.getByLabel('Email').waitFor();
    await page.goto('/login');
    await page.getByLabel('Username').fill('nobody');
    await page.getByLabel('Password', { exact: true }).fill('not a password');
    await page.getByRole('button', { name: 'Log in' }).click();
    const answer = appUrl.startsWith('https:')
      ? page.getByRole('link', { name: `Open ${appUrl}` })
      : page.getByRole('alert');
    await answer.waitFor({ timeout: 60_000 });
  });
});

/** Names of a home network lead to the app through a proxy, since only names of this machine are secure without TLS. */
function homeNetwork(appUrl: () => string) {
  const server = createServer((asked, answering) => {
    const { pathname, search } = new URL(asked.url ?? '/', 'http://bff.example.test');
    const { method, headers } = asked;
    const passed = request(appUrl() + pathname + search, { method, headers }, (answer) => {
      answering.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(answering);
    });
    passed.once('error', () => answering.destroy());
    asked.pipe(passed);
  });
  return {
    open: () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
    proxy: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { personAt } from '#tests/support/people.ts';
import { useApp } from '#tests/support/use-app.ts';

/*
 * That no page of ours is hindered is shown by every other test with JavaScript: a violation is an error in the console,
 * and one of those fails the test (tests/support/browser.ts). Here is what happens to somebody else's attempt.
 */
describe('text that would become markup or code', () => {
  const around = useApp();
  let page: Page;
  let ownScript: string;

  beforeAll(async () => {
    page = await around.browser.visit(around.app.url);
    await page.goto('/about');
    const html = await (await fetch(page.url())).text();
    ownScript = /href="(\/assets\/entry[^"]+\.js)"/.exec(html)?.[1] ?? '';
    expect(ownScript).toMatch(/^\/assets\//);
  });

  const attempts: Record<string, (path: string) => unknown> = {
    'markup in an element': () => {
      document.body.innerHTML = '<img src="x">';
    },
    'markup beside an element': () => document.body.insertAdjacentHTML('beforeend', '<b>hello</b>'),
    'markup in a document': () => document.write('<b>hello</b>'),
    'markup that is parsed': () => new DOMParser().parseFromString('<b>hello</b>', 'text/html'),
    'the page of a frame': () => {
      document.createElement('iframe').srcdoc = '<b>hello</b>';
    },
    'the text of a script': () => {
      document.createElement('script').text = '1';
    },
    'the address of a script': () => {
      document.createElement('script').src = '/assets/any.js';
    },
    'the address of a worker, even of our own': (path) => new Worker(path, { type: 'module' }),
    'the service worker': () => navigator.serviceWorker.register('/entry.worker.js').then(() => 'registered'),
    'code to evaluate': () => window.setTimeout('1', 0),
  };

  test.each(Object.entries(attempts))('is refused as %s', async (_, attempt) => {
    await expect(page.evaluate(attempt, ownScript)).rejects.toThrow(
      /requires 'Trusted(HTML|Script|ScriptURL)'/,
    );
    expect(around.browser.takeProblems().join()).toMatch(/Trusted/);
  });

  test('is helped by no policy that lets everything through', async () => {
    for (const name of ['default', 'anything', 'bff-scripts-2']) {
      const create = (wanted: string) => {
        const { trustedTypes } = window as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): unknown };
        };
        return Boolean(trustedTypes.createPolicy(wanted, { createHTML: (text: string) => text }));
      };
      await expect(page.evaluate(create, name)).rejects.toThrow(/disallowed/);
    }
    expect(around.browser.takeProblems().length).toBeGreaterThan(0);
  });

  const violations = () =>
    around.browser.takeProblems().filter((problem) => /Trusted|Content Security|#\d+/.test(problem));

  test('is not needed where a page breaks down and is drawn anew', async () => {
    await page.goto('/about');
    await page.waitForLoadState('networkidle');
    await page.route('**/*.data*', (route) => route.fulfill({ status: 500, body: 'broken' }));
    await page.getByRole('link', { name: 'Feedback' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Something broke on our side' }).waitFor();
    expect(violations()).toEqual([]);
    await page.unrouteAll();
    await page.getByRole('link', { name: 'Go home' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    expect(violations()).toEqual([]);
  });

  test('is not needed where something else has written into the page before us', async () => {
    // A service worker would fetch the page past the test.
    const visitor = await around.browser.visit(around.app.url, { more: { serviceWorkers: 'block' } });
    await visitor.route('**/', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/<body>/, '<body><div>an extension of the browser</div>');
      await route.fulfill({ response: answer, body });
    });
    await visitor.goto('/');
    await visitor.waitForLoadState('networkidle');
    // Drawn anew without what was not ours.
    await expect.poll(() => visitor.getByText('an extension').count()).toBe(0);
    expect(await visitor.locator('.stamp svg path').count()).toBeGreaterThan(20);
    await visitor.evaluate(() => Object.assign(window, { here: true }));
    await visitor.getByRole('link', { name: 'Feedback' }).first().click();
    await visitor.getByLabel('Subject').waitFor();
    expect(await visitor.evaluate(() => 'here' in window)).toBe(true);
    const found = around.browser.takeProblems();
    expect(found.filter((problem) => /Trusted|Content Security/.test(problem))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('a drawing that came with the page', () => {
  const around = useApp({ demo: true });

  test('gives way to another one and is drawn again, without markup', async () => {
    // A log-in of a form: the server opens the letter and draws its stamp.
    const plain = await around.browser.visit(around.app.url, { javaScript: false });
    await personAt(plain, 'alpha', 'test1234').logIn();
    const page = await around.browser.visit(around.app.url);
    await page.context().addCookies(await plain.context().cookies());
    await page.goto('/inbox');
    const paths = await page
      .locator('main a[href^="/letters/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const [first = '', second = ''] = paths;
    await page.goto(first);
    await page.waitForLoadState('networkidle');
    const stamp = page.locator('.stamp > svg');
    const id = () => stamp.getAttribute('aria-labelledby');
    const before = await id();
    // From letter to letter without a page between them, as the list behind the back button leads.
    await page.evaluate((path) => {
      history.pushState(null, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    }, second);
    await expect.poll(id).not.toBe(before);
    await page.goBack();
    await expect.poll(id).toBe(before);
    expect(await stamp.locator('path').count()).toBeGreaterThan(5);
  });
});

describe('a script that was changed on its way', () => {
  const around = useApp();

  test('is not run, and the page works without', async () => {
    const page = await around.browser.visit(around.app.url, { more: { serviceWorkers: 'block' } });
    const changed: string[] = [];
    await page.route(/\/assets\/entry\.client-.*\.js$/, async (route) => {
      const answer = await route.fetch();
      changed.push(route.request().url());
      await route.fulfill({ response: answer, body: `window.changed = true;\n${await answer.text()}` });
    });
    await page.goto('/about');
    await page.waitForLoadState('networkidle');
    expect(changed.length).toBeGreaterThan(0);
    expect(await page.evaluate(() => 'changed' in window)).toBe(false);
    expect(around.browser.takeProblems().join()).toMatch(/integrity/);
    await page.getByRole('link', { name: 'Feedback' }).first().click();
    await page.waitForURL('**/feedback');
    around.browser.takeProblems();
  });

  test('is run when nobody says what it should be: the check can fail', async () => {
    const page = await around.browser.visit(around.app.url, { more: { serviceWorkers: 'block' } });
    await page.route(/\/assets\/entry\.client-.*\.js$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `window.changed = true;\n${await answer.text()}` });
    });
    await page.route('**/about', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(/sha384-/g, 'none-') });
    });
    await page.goto('/about');
    await page.waitForFunction(() => 'changed' in window);
    around.browser.takeProblems();
  });
});

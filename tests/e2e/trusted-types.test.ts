import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
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
});

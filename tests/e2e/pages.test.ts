import { describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import {
  inspectFocus,
  inspectPage,
  inspectWidthOfLargeText,
  untilOpened,
} from '#tests/support/inspect-page.ts';
import { inspectDressed, inspectWithAxe } from '#tests/support/inspect-with-axe.ts';
import { staticPaths, tour } from '#tests/support/tour.ts';
import { useApp } from '#tests/support/use-app.ts';

const widths = [320, 390, 1280];

describe('every page in every state', () => {
  const around = useApp({ demo: true });

  /** Problems by what is wrong, with the stops where it is, so that one fault of the frame is one line. */
  const collect = () => {
    const found = new Map<string, Set<string>>();
    return {
      add: (where: string, problems: string[]) => {
        for (const problem of problems) found.set(problem, (found.get(problem) ?? new Set()).add(where));
      },
      list: () => [...found].map(([problem, where]) => `${problem}   [${[...where].slice(0, 4).join(', ')}]`),
    };
  };

  test('fits narrow and wide windows, is named, labelled and legible by day and night, with JavaScript off', async () => {
    const found = collect();
    const visited: string[] = [];
    const open = () => around.browser.visit(around.app.url, { javaScript: false, viewport: phone });
    for await (const { name, page } of tour(open, 'tourist_off')) {
      visited.push(new URL(page.url()).pathname);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 844 });
        for (const colorScheme of width === 390 ? (['light', 'dark'] as const) : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          found.add(`${name} ${width} ${colorScheme}`, await inspectPage(page));
        }
        if (width === 320) found.add(`${name} ${width}`, await inspectWidthOfLargeText(page));
      }
    }
    expect(found.list()).toEqual([]);
    // A page that is added is looked at as well, or this says which one was forgotten.
    const missed = staticPaths().filter((path) => path !== 'logout' && !visited.includes(`/${path}`));
    expect(missed).toEqual([]);
  });

  test('axe finds what is wrong, and in which dress', async () => {
    const page = await around.browser.visit(around.app.url);
    await page.goto('/about');
    expect([...(await inspectWithAxe(page)), ...(await inspectDressed(page))]).toEqual([]);
    await page.evaluate(() => {
      const picture = document.createElement('img');
      picture.src = '/favicon.svg';
      const astray = document.createElement('p');
      astray.textContent = 'Over there';
      astray.style.marginInlineStart = '-30rem';
      astray.style.inlineSize = '60rem';
      document.querySelector('h1')?.after(picture, astray);
      document.querySelector('h1')?.style.setProperty('color', '#fcf8f0');
    });
    expect(await inspectWithAxe(page)).toContainEqual(expect.stringMatching(/^image-alt /));
    const dressed = await inspectDressed(page);
    expect(dressed).toContainEqual(expect.stringMatching(/^sepia: color-contrast /));
    expect(dressed).toContainEqual(expect.stringMatching(/^mirrored: wider than the window/));
  });

  test('shows where the focus is, and is as sound once scripts have run, in every dress', async () => {
    const found = collect();
    const open = () => around.browser.visit(around.app.url, { viewport: phone });
    const visited = new Set<string>();
    for await (const { name, page } of tour(open, 'tourist_on')) {
      await untilOpened(page);
      found.add(name, await inspectPage(page));
      found.add(name, await inspectWithAxe(page));
      const { pathname } = new URL(page.url());
      if (!visited.has(pathname)) {
        found.add(name, await inspectFocus(page));
        found.add(name, await inspectDressed(page));
      }
      visited.add(pathname);
    }
    expect(found.list()).toEqual([]);
  }, 600_000);
});

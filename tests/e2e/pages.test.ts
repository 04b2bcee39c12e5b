import { describe, expect, test } from 'vitest';
import { phone } from '#tests/support/browser.ts';
import {
  inspectFocus,
  inspectPage,
  inspectWidthOfLargeText,
  untilOpened,
} from '#tests/support/inspect-page.ts';
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

  test('shows where the focus is, and is as sound once scripts have run', async () => {
    const found = collect();
    const open = () => around.browser.visit(around.app.url, { viewport: phone });
    const visited = new Set<string>();
    for await (const { name, page } of tour(open, 'tourist_on')) {
      await untilOpened(page);
      found.add(name, await inspectPage(page));
      const { pathname } = new URL(page.url());
      if (!visited.has(pathname)) found.add(name, await inspectFocus(page));
      visited.add(pathname);
    }
    expect(found.list()).toEqual([]);
  });
});

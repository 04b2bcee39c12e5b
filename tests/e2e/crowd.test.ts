import { expect, test } from 'vitest';
import { inspectPage } from '#tests/support/inspect-page.ts';
import { servedSurroundings } from '#tests/support/served-surroundings.ts';
import { crowd, gather } from '#tests/support/tour-seldom.ts';

const around = servedSurroundings({ serviceWorker: false });

test('long names and titles, twelve photos and text that is read larger fit every window', async () => {
  const { world, browser } = around;
  const places = { world, browser, javaScript: false };
  const found: string[] = [];
  let stops = 0;
  for await (const { name, page } of crowd(places, await gather(places))) {
    stops += 1;
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      found.push(...(await inspectPage(page)).map((problem) => `${name} ${width}: ${problem}`));
    }
  }
  expect(found).toEqual([]);
  expect(stops).toBeGreaterThan(20);
});

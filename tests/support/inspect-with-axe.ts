import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Result, RunOptions } from 'axe-core';
import type { CDPSession, Page } from 'playwright-core';
import { inspectPage, inspectWidth } from './inspect-page.ts';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sessions = new WeakMap<Page, Promise<CDPSession>>();

type Theme = 'sepia' | 'dark';

/** What axe finds wrong with a page as it is; empty when nothing is. */
export function inspectWithAxe(page: Page): Promise<string[]> {
  return runAxe(page, {});
}

/**
 * What is wrong with a page of other colours or another direction. Only what can differ is looked at: colours in each
 * theme, places once mirrored, and its width there in a narrow window.
 */
export async function inspectDressed(page: Page): Promise<string[]> {
  const problems: string[] = [];
  const add = (as: string, found: string[]) => problems.push(...found.map((problem) => `${as}: ${problem}`));
  for (const theme of ['sepia', 'dark'] as const) {
    await dress(page, theme, 'ltr');
    add(theme, await runAxe(page, { runOnly: ['color-contrast', 'link-in-text-block'] }));
  }
  await dress(page, null, 'rtl');
  add('mirrored', await runAxe(page, { runOnly: ['target-size'] }));
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 844 });
  add('mirrored', await inspectWidth(page));
  if (before) await page.setViewportSize(before);
  await dress(page, null, 'ltr');
  await page.emulateMedia({ forcedColors: 'active' });
  add('forced colours', await inspectPage(page));
  await page.emulateMedia({ forcedColors: null });
  return problems;
}

/** Gives a page other colours, or mirrors it; null is as the device has it. */
async function dress(page: Page, theme: Theme | null, direction: 'ltr' | 'rtl'): Promise<void> {
  await page.evaluate(
    ({ theme, direction }) => {
      const { documentElement: root } = document;
      root.dir = direction;
      if (theme) root.dataset.theme = theme;
      else delete root.dataset.theme;
    },
    { theme, direction },
  );
}

/** The content policy stops scripts that are not the page's own, but not what the debugger brings. */
async function runAxe(page: Page, options: RunOptions): Promise<string[]> {
  if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page));
  const session = await sessions.get(page);
  if (!(await page.evaluate(() => 'axe' in window)))
    await session?.send('Runtime.evaluate', { expression: await source });
  const asked = JSON.stringify({ resultTypes: ['violations'], ...options });
  const answer = await session?.send('Runtime.evaluate', {
    expression: `axe.run(document, ${asked}).then(({ violations }) => violations)`,
    awaitPromise: true,
    returnByValue: true,
  });
  if (!answer || answer.exceptionDetails) throw new Error(`axe: ${JSON.stringify(answer?.exceptionDetails)}`);
  return (answer.result.value as Result[]).flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) =>
      `${id} (${help}): ${html.replaceAll(/\s+/g, ' ').slice(0, 110)} ${any[0]?.message ?? ''}`.trim(),
    ),
  );
}

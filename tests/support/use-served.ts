import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser, type TestBrowser } from './browser.ts';
import { type ServedInstallation, type ServeOptions, serveInstallation } from './installation-http.ts';

const failures = new URL('../.artifacts/failures/', import.meta.url).pathname;

/**
 * As `useApp`, with an installation in this process: its clock can be set, and its procedures be called beside the
 * browser.
 */
export function useServed(options: ServeOptions = { rateLimits: false }) {
  let world: ServedInstallation;
  let browser: TestBrowser;

  beforeAll(async () => {
    world = await serveInstallation(options);
    browser = await openBrowser();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await browser.photograph(failures, task.name.replaceAll(/\W+/g, '-').slice(0, 60));
      console.error(world.logLines.slice(-15).join('\n'));
    }
    const errors = world.logLines.filter((line) => line.includes('"level":"error"'));
    world.logLines.length = 0;
    expect({ pages: browser.takeProblems(), log: errors }).toEqual({ pages: [], log: [] });
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  return {
    get world() {
      return world;
    },
    get browser() {
      return browser;
    },
  };
}

import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type BrowserOptions, openBrowser, type TestBrowser } from './browser.ts';
import { type ServedInstallation, type ServeOptions, serveInstallation } from './installation-http.ts';

const failures = new URL('../.artifacts/failures/', import.meta.url).pathname;

export interface ServedSurroundings {
  readonly world: ServedInstallation;
  readonly browser: TestBrowser;
}

/**
 * An installation in this process, with its clock and its stores at hand, and a browser, for the tests of one file. After
 * each test nothing may have gone wrong behind its back, neither in a page nor in the log.
 */
export function servedSurroundings({
  serviceWorker,
  ...options
}: ServeOptions & Pick<BrowserOptions, 'serviceWorker'> = {}): ServedSurroundings {
  let world: ServedInstallation | undefined;
  let browser: TestBrowser | undefined;

  beforeAll(async () => {
    world = await serveInstallation({ rateLimits: false, cheapPasswords: false, ...options });
    browser = await openBrowser({ serviceWorker });
  });

  afterEach(async ({ task }) => {
    const lines = world?.logLines.splice(0) ?? [];
    if (task.result?.state === 'fail') {
      await browser?.photograph(failures, task.name.replaceAll(/\W+/g, '-').slice(0, 60));
      console.error(`Pictures of the open pages are in ${failures}\n${lines.slice(-15).join('\n')}`);
    }
    const errors = lines.filter((line) => line.includes('"level":"error"'));
    expect({ pages: browser?.takeProblems(), log: errors }).toEqual({ pages: [], log: [] });
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  return {
    get world() {
      if (!world) throw new Error('the installation has not started');
      return world;
    },
    get browser() {
      if (!browser) throw new Error('the browser has not started');
      return browser;
    },
  };
}

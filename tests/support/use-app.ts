import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { type AppProcess, type AppSettings, startApp } from './app-process.ts';
import { type BrowserOptions, openBrowser, type TestBrowser } from './browser.ts';

const failures = new URL('../.artifacts/failures/', import.meta.url).pathname;

interface Settings extends Omit<AppSettings, 'dataDir'>, BrowserOptions {
  /** Whether the demo friends and their letters are there from the start. */
  demo?: boolean;
}

export interface TestSurroundings {
  readonly app: AppProcess;
  readonly browser: TestBrowser;
  /** With the app away, browser and console rightly complain; anything else is a problem still. */
  expectOnlyConnectionProblems(): void;
}

/**
 * An app and a browser for the tests of one file. After each test nothing may have gone wrong behind its back, neither in
 * a page nor in the app's log.
 */
export function useApp({ kind, serviceWorker, demo = false, ...settings }: Settings = {}): TestSurroundings {
  let app: AppProcess | undefined;
  let browser: TestBrowser | undefined;
  let seen = 0;

  beforeAll(async () => {
    app = await startApp({ ...settings, ...(demo && { dataDir: await copyDemoData() }) });
    browser = await openBrowser({ kind, serviceWorker });
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await browser?.photograph(failures, task.name.replaceAll(/\W+/g, '-').slice(0, 60));
      console.error(`Pictures of the open pages are in ${failures}\n${app?.logs().slice(-3_000)}`);
    }
    const lines = app?.events() ?? [];
    const errors = lines.slice(seen).filter((line) => line.level === 'error');
    seen = lines.length;
    expect({ pages: browser?.takeProblems(), log: errors }).toEqual({ pages: [], log: [] });
  });

  afterAll(async () => {
    await browser?.close();
    await app?.dispose();
  });

  return {
    expectOnlyConnectionProblems() {
      const connection =
        /ERR_CONNECTION_REFUSED|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to fetch/;
      const others = browser?.takeProblems().filter((problem) => !connection.test(problem));
      expect(others).toEqual([]);
    },
    get app() {
      if (!app) throw new Error('the app has not started');
      return app;
    },
    get browser() {
      if (!browser) throw new Error('the browser has not started');
      return browser;
    },
  };
}

async function copyDemoData(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bff-e2e-'));
  await cp(inject('demoData'), folder, { recursive: true });
  return folder;
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** Without them Chromium looks for its maker's servers at every start. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // As root, in containers, and where /dev/shm is small.
  '--no-sandbox',
  '--disable-dev-shm-usage',
];

const newsPath = '/api/news';

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1280, height: 900 };

export interface VisitOptions {
  /** Default true. */
  javaScript?: boolean;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** IANA zone the browser is in; UTC unless told. */
  timezoneId?: string;
  /** More of what Playwright takes, such as `deviceScaleFactor`. */
  more?: BrowserContextOptions;
}

/** A browser that keeps account of everything a page of ours must never do. */
export interface TestBrowser {
  /** Somebody's own browser profile with one open page: nothing is shared between two of them. */
  visit(appUrl: string, options?: VisitOptions): Promise<Page>;
  /**
   * What went wrong in any page since the last call: errors in the console, uncaught errors, violations of the content
   * policy, requests to another host, answers of 500 and above, parts of a page that did not load.
   */
  takeProblems(): string[];
  /** Pictures of all open pages, for whoever has to find out why a test failed. */
  photograph(folder: string, name: string): Promise<void>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  /**
   * `shell`: the engine without windows and profiles, as it comes as a package; a visitor costs it a tenth of what they
   * cost a whole browser. `whole`: a system browser, where there is one, for what only that has, such as installing an
   * app. Default `shell`.
   */
  kind?: 'shell' | 'whole';
  /**
   * False where tests are about pages alone: fetching and keeping the service worker's files costs each visitor more than
   * a test does. Default true.
   */
  serviceWorker?: boolean;
}

/** A process runs one of each kind at most. */
const started = new Map<'shell' | 'whole', Promise<Browser>>();

/** Visitors for the caller, in the one Chromium of this process; two callers share nothing. */
export async function openBrowser({
  kind = 'shell',
  serviceWorker = true,
}: BrowserOptions = {}): Promise<TestBrowser> {
  await runningBrowser(kind);
  const contexts = new Set<BrowserContext>();
  let problems: string[] = [];
  return {
    async visit(appUrl, options = {}) {
      const { javaScript = true, viewport = desktop, colorScheme = 'light', timezoneId = 'UTC' } = options;
      const browser = await runningBrowser(kind);
      const context = await browser.newContext({
        baseURL: appUrl,
        javaScriptEnabled: javaScript,
        viewport,
        colorScheme,
        timezoneId,
        locale: 'en-GB',
        reducedMotion: 'reduce',
        serviceWorkers: serviceWorker ? 'allow' : 'block',
        ...options.more,
      });
      contexts.add(context);
      context.once('close', () => contexts.delete(context));
      context.setDefaultTimeout(60_000);
      watch(context, { host: new URL(appUrl).host, javaScript }, (problem) => problems.push(problem));
      return context.newPage();
    },
    takeProblems() {
      const found = problems;
      problems = [];
      return found;
    },
    async photograph(folder, name) {
      await mkdir(folder, { recursive: true });
      const pages = [...contexts].flatMap((context) => context.pages());
      for (const [index, page] of pages.entries()) {
        await page.screenshot({ path: join(folder, `${name}-${index}.png`), fullPage: true }).catch(() => {});
      }
    },
    close: async () => void (await Promise.all([...contexts].map((context) => context.close()))),
  };
}

/** Ends what this process has started; otherwise that ends with the process. */
export async function endBrowsers(): Promise<void> {
  for (const browser of [...started.values()]) await (await browser).close();
}

/** The running browser of a kind, or a new one: a browser that crashed or did not start is not used again. */
function runningBrowser(kind: 'shell' | 'whole'): Promise<Browser> {
  const running = started.get(kind);
  if (running) return running;
  const starting = launch(kind);
  started.set(kind, starting);
  const forget = () => {
    if (started.get(kind) === starting) started.delete(kind);
  };
  starting.then((browser) => browser.once('disconnected', forget), forget);
  return starting;
}

async function launch(kind: 'shell' | 'whole'): Promise<Browser> {
  const { executablePath, env } = await findBrowser(kind);
  return chromium.launch({ executablePath, args: quiet, env: { ...process.env, ...env } });
}

function watch(
  context: BrowserContext,
  { host, javaScript }: { host: string; javaScript: boolean },
  report: (problem: string) => void,
): void {
  /** Pages and form answers that were refused on purpose: the console calls each of them an error. */
  const refused = new Set<string>();
  context.on('page', (page) => page.on('crash', () => report(`crashed: ${page.url()}`)));
  context.on('response', (response) => {
    const status = response.status();
    const request = response.request();
    if (status >= 500) report(`${status} from ${request.method()} ${response.url()}`);
    const { pathname } = new URL(response.url());
    const isForm = request.isNavigationRequest() || pathname.endsWith('.data') || pathname === '/session';
    // What a form of a sealed session has a procedure do.
    const isCall =
      pathname.startsWith('/api/trpc/') && request.method() === 'POST' && [400, 404, 409].includes(status);
    // A page that asks for news learns in this way that it is over.
    const isNews = pathname === newsPath && status === 401;
    if (status >= 400 && status < 500 && (isForm || isCall || isNews)) refused.add(response.url());
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== host) report(`foreign request: ${url.href}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A browser with JavaScript off says that its own policy keeps it from loading scripts.
    if (!javaScript && reason === 'csp' && request.resourceType() === 'script') return;
    // An open page asks by itself, and goes on where a test has stopped the server.
    if (new URL(request.url()).pathname === newsPath) return;
    // A page that is left takes what it was still loading with it.
    if (reason !== 'net::ERR_ABORTED') report(`not loaded: ${request.url()} (${reason})`);
  });
  context.on('weberror', (error) => {
    const said = String(error.error().stack ?? error.error());
    // React 18 says so of a key that is pressed while it takes a page over, and goes on; React 19 is silent
    // (https://github.com/facebook/react/pull/25495).
    if (!said.includes('Minified React error #345;')) report(`uncaught: ${said}`);
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const { url } = message.location();
    if (url.endsWith(newsPath) && message.text().startsWith('Failed to load resource: net::')) return;
    if (message.text() === 'Service Worker registration blocked by Playwright') return;
    if (
      /^Failed to load resource: .* status of 4\d\d/.test(message.text()) &&
      refused.has(url.replace(/#.*/, ''))
    )
      return;
    report(`console ${message.type()}: ${message.text()} (${url})`);
  });
}

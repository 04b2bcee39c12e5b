import { randomUUID } from 'node:crypto';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { DAY, HOUR, inSeconds } from '#core/durations.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { answerByRemix, type RemixSurroundings } from './answer-by-remix.ts';
import type { App } from './app.ts';
import { drawnStamp } from './drawn-stamp.ts';
import type { Metrics } from './metrics.ts';
import { arrivalOf } from './proxies.ts';
import { refuseForeignHosts, refuseForeignOrigins } from './refuse-foreign.ts';
import { createRouteLabels } from './route-labels.ts';
import { securityHeaders } from './security-headers.ts';
import { securityTxt } from './security-txt.ts';
import { isSpeculative } from './speculation.ts';

interface Surroundings extends RemixSurroundings {
  /**
   * Folders of static files. The first is the build's: its file names contain a hash of the
   * content.
   */
  assets: { immutable: string; public: string } | null;
  /** Answers a queue that delivers over HTTP, when its worker is in this process. */
  jobs?: Hono | null;
  metrics?: Metrics | null;
  /** Address patterns of the pages, as labels for metrics; without them all pages are `other`. */
  addresses?: readonly string[] | undefined;
  /** Whether the database answers and accepts writes. */
  isReady(): Promise<boolean>;
  /** Loosens the style and connection policy for the development server's live reload. */
  development?: boolean;
}

/**
 * Creates the server's HTTP app: headers, static files, health, procedures, and Remix for the rest.
 */
export function createApp(deps: Deps, around: Surroundings): Hono<App> {
  const secure = deps.env.APP_URL.startsWith('https:');
  const app = new Hono<App>();

  app.use(async (c, next) => {
    const started = performance.now();
    c.set('requestId', randomUUID());
    await next();
    c.header('X-Request-Id', c.get('requestId'));
    // The data of a page loses its loader's cache header. Without one, nothing may be cached.
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store, private');
    const [{ method, path }, { status }, ms] = [c.req, c.res, performance.now() - started];
    around.metrics?.observe({ method, route: labelOf(path), status, seconds: inSeconds(ms) });
    // Pages ask again and again whether there is news.
    if (status === 304) return;
    deps.log.info('request', {
      requestId: c.get('requestId'),
      method,
      path: pathWithoutSecrets(path),
      status,
      ms: Math.round(ms),
    });
  });
  app.use(securityHeaders({ secure, development: around.development ?? false }));
  // Monitors call by IP address; the answer contains nothing private.
  app.get('/healthz', (c) => c.text('ok', 200, noStore));
  app.get('/readyz', async (c) => {
    const ready = await around.isReady();
    return c.text(ready ? 'ready' : 'not ready', ready ? 200 : 503, noStore);
  });
  app.use(refuseForeignHosts(deps));
  app.use(refuseForeignOrigins(deps));
  app.use((c, next) =>
    isOurs(c.req.path) ? next() : Promise.resolve(c.text('There’s nothing at this address.', 404)),
  );
  // Browsers request this by themselves for documents without an icon, such as a photo.
  app.get('/favicon.ico', (c) => c.redirect('/favicon.svg', 301));
  app.get('/.well-known/security.txt', (c) => c.text(securityTxt(deps.env, deps.now()), 200, noStore));
  app.get('/metrics', async (c, next) => {
    const { clientAddress, passedOn } = arrivalOf(c.env.incoming);
    const asked = {
      authorization: c.req.header('authorization'),
      clientAddress: passedOn ? 'elsewhere' : clientAddress,
    };
    if (!around.metrics?.mayRead(asked)) return next();
    return c.text(await around.metrics.expose(), 200, noStore);
  });
  if (around.jobs) app.route('/', around.jobs);
  if (around.assets) serveFiles(app, around.assets);
  // Only a user's own visit opens a letter. A browser refused here asks again at the real visit.
  app.use((c, next) => (isSpeculative(c.req.raw) ? Promise.resolve(c.body(null, 503)) : next()));
  app.use('/api/trpc/photos.upload', async (c, next) => {
    await next();
    // Refused before the body was read, because the session has ended: see readPhotoUpload.
    if (!c.req.raw.bodyUsed && c.req.header('transfer-encoding') === undefined)
      await c.req.raw.body?.pipeTo(new WritableStream()).catch(() => undefined);
  });
  app.use(compress());
  app.get('/stamps/:file', drawnStamp);

  app.all('*', answerByRemix(deps, around));
  const labelOf = createRouteLabels([...app.routes.map(({ path }) => path), ...(around.addresses ?? [])]);
  app.onError((error, c) => {
    deps.log.error('request failed', { requestId: c.get('requestId'), ...describeError(error) });
    return c.text('Something broke on our side. Please try again in a moment.', 500, noStore);
  });
  return app;
}

const noStore = { 'cache-control': 'no-store' };

function serveFiles(app: Hono<App>, assets: { immutable: string; public: string }): void {
  // The build has compressed copies of these.
  const ofTheBuild = filesOf(assets.immutable, `public, max-age=${inSeconds(365 * DAY)}, immutable`, true);
  app.use('/assets/*', compress(), ofTheBuild);
  app.use('/integrity.json', filesOf(assets.immutable, 'no-cache'));
  // The worker script must never be older than the pages it serves.
  app.use('/entry.worker.js', filesOf(assets.public, 'no-cache'));
  app.get('/offline', (c) => c.redirect('/offline.html'));
  app.use('*', filesOf(assets.public, `public, max-age=${inSeconds(HOUR)}`));
}

/**
 * Serves a folder's files. Sets the header here because `onFound` runs too late, when the answer is
 * already made.
 */
function filesOf(root: string, cacheControl: string, precompressed = false): MiddlewareHandler<App> {
  const serve = serveStatic<App>({ root, precompressed });
  return async (c, next) => {
    const found = await serve(c, next);
    // A missing file yields the next handler's return value, which is not our answer.
    if (found instanceof Response) found.headers.set('cache-control', cacheControl);
    return found;
  };
}

/**
 * Whether a path may reach the router. Rejects paths the router cannot read, because it would print
 * them, secrets included. Also rejects other spellings of the API's address, which the body limits
 * would not recognise.
 */
function isOurs(path: string): boolean {
  const plain = decoded(path);
  if (plain === null || plain.includes('\0')) return false;
  return path.startsWith('/api/trpc/') || !/^\/*api\/+trpc(\/|$)/i.test(plain);
}

function pathWithoutSecrets(path: string): string {
  const plain = (decoded(path) ?? path.replace(/%2f/gi, '/')).replace(/\/{2,}/g, '/');
  const [, fixed] = /^\/(verify|reset|email|unsubscribe|friends\/(?:add|join))\/.+$/i.exec(plain) ?? [];
  return fixed ? `/${fixed}/…` : path;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { SECOND } from '#core/durations.ts';
import { createContainer } from '#server/container.ts';
import { keepDemoFriends } from '#server/demo/keep-demo-friends.ts';
import { addressToOpen, hintsOf, readEnv } from '#server/env.ts';
import type { RemixHandler } from '#server/http/answer-by-remix.ts';
import { createApp } from '#server/http/create-app.ts';
import { listen, type Middleware } from '#server/http/listen.ts';
import { createMetrics } from '#server/http/metrics.ts';
import { createReadiness } from '#server/http/readiness.ts';
import { logConsole } from '#server/log-console.ts';
import { createWorker } from '#worker/create-worker.ts';
import { createJobsApp } from '#worker/http.ts';
import { seedDemo } from './demo/seed-demo.ts';

/** How long active requests and jobs may take after a SIGTERM, ms. */
const drainTime = 10 * SECOND;

/** The source of the pages: the build, or the development server. */
interface Pages {
  remix: RemixHandler;
  assets: { immutable: string; public: string } | null;
  integrity?: Record<string, string>;
  /** Address patterns of all pages; only the build has them. */
  addresses?: readonly string[];
  development?: { server: Server; before: Middleware };
}

/**
 * Starts the web server and, unless `WORKER=none`, the worker beside it. Resolves to the address to
 * open once it answers.
 */
export async function serve(source: Record<string, string | undefined>, pages: Pages): Promise<string> {
  const env = readEnv(source);
  const container = await createContainer(env);
  if (!pages.development) logConsole(container.log);
  await keepDemoFriends(container, seedDemo);
  const worker = env.WORKER === 'in-process' ? createWorker(container.queueDriver, container) : null;
  const app = createApp(container, {
    remix: pages.remix,
    assets: pages.assets,
    integrity: pages.integrity,
    addresses: pages.addresses,
    development: pages.development !== undefined,
    localMailbox: container.listLocalMails,
    // A queue that delivers over HTTP can find its worker here, too.
    jobs: worker && container.queueDriver.handle ? createJobsApp(container.queueDriver) : null,
    metrics: createMetrics(container),
    isReady: createReadiness(container),
  });
  const { development } = pages;
  const server = await listen(
    app,
    { host: env.HOST, port: env.PORT },
    { ...development, trustedProxies: env.TRUST_PROXY, appUrl: env.APP_URL },
  );

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    container.log.info('stopping', { signal });
    await server.close(drainTime);
    await worker?.close();
    await container.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  const address = env.HOST === '127.0.0.1' ? 'localhost' : env.HOST;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${server.port}`;
  container.log.info('listening', {
    url,
    database: container.db.kind,
    queue: container.queueDriver.kind,
    worker: env.WORKER,
  });
  for (const hint of hintsOf(env)) container.log.error('setting to look at', { hint });
  return addressToOpen(env, server.port);
}

export async function builtPages(): Promise<Pages> {
  const build = (await import(pathToFileURL('build/server/index.js').href)) as ServerBuild;
  return {
    remix: createRequestHandler(build, 'production') as RemixHandler,
    assets: { immutable: 'build/client', public: 'public' },
    integrity: JSON.parse(await readFile('build/client/integrity.json', 'utf8')).files,
    addresses: Object.values(build.routes).flatMap((route) => route?.path ?? []),
  };
}

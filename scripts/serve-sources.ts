import { createServer as createHttpServer } from 'node:http';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { createServer as createVite } from 'vite';
import { EnvError } from '#server/env.ts';
import type { RemixHandler } from '#server/http/answer-by-remix.ts';
import { serve } from '../server/index.ts';

/**
 * The development server. Pages reload as they are edited, and scripts/dev.ts restarts this process
 * when the server changes.
 */
const server = createHttpServer();
const vite = await createVite({ server: { middlewareMode: true, hmr: { server } } });
const remix = createRequestHandler(
  () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
  'development',
) as RemixHandler;
// Otherwise, the pages' open sockets would delay a restart until its deadline.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void vite.close());

try {
  const url = await serve(
    { ...process.env, NODE_ENV: 'development' },
    { remix, assets: null, development: { server, before: (...request) => vite.middlewares(...request) } },
  );
  console.log(`\n  Project BFF is at ${url}, reloading as you edit\n`);
} catch (error) {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
}

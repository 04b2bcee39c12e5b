import { Hono } from 'hono';
import type { QueueDriver } from '#server/queue/queue.ts';

/**
 * Creates the HTTP app of a worker whose queue delivers over HTTP: `POST /api/jobs`, `POST
 * /api/jobs/failed` and `/healthz`. It runs on a machine of its own or inside the web server.
 *
 * @throws when the queue does not deliver over HTTP
 */
export function createJobsApp(driver: QueueDriver): Hono {
  const handle = driver.handle?.bind(driver);
  if (!handle) throw new Error(`The ${driver.kind} queue does not deliver over HTTP: run "npm run worker".`);
  const app = new Hono();
  app.post('/api/jobs', ({ req }) => handle(req.raw));
  app.post('/api/jobs/failed', ({ req }) => handle(req.raw));
  app.get('/healthz', (context) => context.json({ ok: true }));
  app.onError(() => new Response('Internal error', { status: 500 }));
  return app;
}

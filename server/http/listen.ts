import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** Slow clients are let go: headers within 15 s, a whole request (64 MB of photos on a phone) within 10 minutes. */
const timeouts = { headersTimeout: 15_000, requestTimeout: 600_000, keepAliveTimeout: 5_000 };

export interface Listening {
  /** The port in use; of interest when 0 was asked for. */
  port: number;
  /** Takes no new connections, lets requests under way finish for at most `deadlineMs`, then closes what is left. */
  close(deadlineMs: number): Promise<void>;
}

/** Answers some requests itself and passes the others on: the development server's modules. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Starts serving an app. Rejects when the port is taken. */
export function listen(
  // biome-ignore lint/suspicious/noExplicitAny: an app with any bindings can be served
  app: Hono<any>,
  address: { host: string; port: number },
  server: Server = createServer(),
  before?: Middleware,
): Promise<Listening> {
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on(
    'request',
    before ? (request, response) => before(request, response, () => answer(request, response)) : answer,
  );
  Object.assign(server, timeouts);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      const bound = server.address();
      resolve({
        port: typeof bound === 'object' && bound ? bound.port : address.port,
        close: (deadlineMs) => closeServer(server, deadlineMs),
      });
    });
  });
}

function closeServer(server: Server, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { createReception, type TrustedProxies } from './proxies.ts';
import { boundClients, oneAtATime, serverOptions } from './slow-clients.ts';

export interface Listening {
  /** The port in use; useful when 0 was requested. */
  port: number;
  /**
   * Stops accepting connections, lets active requests finish for at most `deadlineMs`, then closes
   * the rest.
   */
  close(deadlineMs: number): Promise<void>;
}

/** Answers some requests itself and passes the others on: the development server's modules. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

interface ListenOptions {
  /** The development server's own. */
  server?: Server | undefined;
  before?: Middleware | undefined;
  trustedProxies?: TrustedProxies;
  /**
   * As in `APP_URL`. With it, the reception recognises this installation's own forms, whatever host
   * a proxy sends.
   */
  appUrl?: string;
}

/** Starts serving an app. Rejects when the port is in use, and names the port. */
export function listen(
  // biome-ignore lint/suspicious/noExplicitAny: an app with any bindings can be served
  app: Hono<any>,
  address: { host: string; port: number },
  { server = createServer(serverOptions), before, trustedProxies = { hops: 0 }, appUrl }: ListenOptions = {},
): Promise<Listening> {
  const receive = createReception({ trusted: trustedProxies, appUrl });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const inTurn = oneAtATime((request, response) => {
    receive(request);
    if (before) before(request, response, () => answer(request, response));
    else void answer(request, response);
  });
  server.on('request', inTurn);
  boundClients(server, { behindProxy: !('hops' in trustedProxies) || trustedProxies.hops > 0 });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${address.port} is in use, perhaps by another Project BFF. Stop it, or set another PORT.`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error);
    });
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

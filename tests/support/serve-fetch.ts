import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

/** Serves a fetch handler on this machine, on a free port unless one is given. */
export async function serveFetch(handle: (request: Request) => Promise<Response> | Response, wanted = 0) {
  const server = createAdaptorServer({ fetch: handle });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

export type ServedFetch = Awaited<ReturnType<typeof serveFetch>>;

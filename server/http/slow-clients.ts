import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Checked this often, ms. Only a new server can be told: see {@link serverOptions}. */
const CHECK_MS = 2_000;

/**
 * How slow a client may be. Headers arrive within 15 s; a body within 30 s and a second for each 16 KB it announces, which
 * a bad telephone line manages, but never more than ten minutes; without a length, within two minutes.
 */
const BASE_MS = 30_000;
const BYTES_PER_SECOND = 16_000;
const MAX_MS = 600_000;
const UNKNOWN_MS = 120_000;

/** For `createServer`. */
export const serverOptions = {
  connectionsCheckingInterval: CHECK_MS,
  headersTimeout: 15_000,
  requestTimeout: MAX_MS,
  keepAliveTimeout: 5_000,
  /** Bytes; more is answered with 431. */
  maxHeaderSize: 16_384,
};

/** Connections of one process, and of one address where clients connect to us themselves. */
const MAX_CONNECTIONS = 4_000;
const MAX_PER_ADDRESS = 250;
const MAX_HEADERS = 100;

/** Keeps slow and numerous clients from taking a server for themselves. */
export function boundClients(server: Server, { behindProxy }: { behindProxy: boolean }): void {
  const { connectionsCheckingInterval: _, maxHeaderSize: __, ...timeouts } = serverOptions;
  Object.assign(server, timeouts, { maxConnections: MAX_CONNECTIONS, maxHeadersCount: MAX_HEADERS });
  server.on('request', endSlowBody);
  if (!behindProxy) server.on('connection', boundPerAddress());
}

/** How long the body of a request may take, ms. */
export function bodyTimeOf(length: string | undefined): number {
  if (length === undefined) return UNKNOWN_MS;
  return Math.min(MAX_MS, BASE_MS + (Number(length) / BYTES_PER_SECOND) * 1000);
}

function endSlowBody(request: IncomingMessage): void {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  if (chunked === undefined && (length === undefined || length === '0')) return;
  const end = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, bodyTimeOf(length));
  end.unref();
  const stop = () => clearTimeout(end);
  request.once('close', stop).once('end', stop);
}

function boundPerAddress(): (socket: Socket) => void {
  const open = new Map<string, number>();
  return (socket) => {
    const address = socket.remoteAddress ?? 'unknown';
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (count > MAX_PER_ADDRESS) socket.destroy();
  };
}

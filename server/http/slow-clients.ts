import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { MINUTE, SECOND } from '#core/durations.ts';

/**
 * How often connections are checked, ms. Only configurable for a new server: see {@link
 * serverOptions}.
 */
const CHECK_MS = 2 * SECOND;

/**
 * The minimum speed of a client. Headers must arrive within 15 s. A body gets 30 s, and a second
 * for each 16 KB it announces, but never more than ten minutes; that suits a bad telephone line.
 * Without a length it gets two minutes.
 */
const BASE_MS = 30 * SECOND;
const BYTES_PER_SECOND = 16_000;
const MAX_MS = 10 * MINUTE;
const UNKNOWN_MS = 2 * MINUTE;

export const serverOptions = {
  connectionsCheckingInterval: CHECK_MS,
  headersTimeout: 15 * SECOND,
  requestTimeout: MAX_MS,
  keepAliveTimeout: 5 * SECOND,
  /** Bytes; more is answered with 431. */
  maxHeaderSize: 16_384,
};

/** Connections of one process, and of one address where clients connect directly. */
const MAX_CONNECTIONS = 4_000;
const MAX_PER_ADDRESS = 250;
const MAX_HEADERS = 100;

/** Keeps slow or numerous clients from taking over the server. */
export function boundClients(server: Server, { behindProxy }: { behindProxy: boolean }): void {
  const { connectionsCheckingInterval: _, maxHeaderSize: __, ...timeouts } = serverOptions;
  Object.assign(server, timeouts, { maxConnections: MAX_CONNECTIONS, maxHeadersCount: MAX_HEADERS });
  server.on('request', endSlowBody);
  endSlowReaders(server);
  if (!behindProxy) server.on('connection', boundPerAddress());
}

export function bodyTimeOf(length: string | undefined): number {
  if (length === undefined) return UNKNOWN_MS;
  return Math.min(MAX_MS, BASE_MS + (Number(length) / BYTES_PER_SECOND) * SECOND);
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

/**
 * Ends an answer whose reader is too slow, by the same limits as for a body. Counts the time since
 * the reader had taken everything written, so that a slow server cuts nobody off.
 */
function endSlowReaders(server: Server): void {
  const readers = new Map<Socket, { since: number; bytes: number }>();
  server.on('connection', (socket: Socket) => {
    readers.set(socket, { since: performance.now(), bytes: 0 });
    socket.once('close', () => readers.delete(socket));
  });
  const check = () => {
    for (const [socket, waiting] of readers) {
      const written = socket.bytesWritten;
      if (socket.writableLength === 0) {
        Object.assign(waiting, { since: performance.now(), bytes: written });
      } else if (performance.now() - waiting.since > bodyTimeOf(String(written - waiting.bytes))) {
        socket.destroy();
      }
    }
  };
  const timer = setInterval(check, CHECK_MS).unref();
  server.once('close', () => clearInterval(timer));
}

/** How many requests a connection may send before the answers to earlier ones. */
const MAX_AHEAD = 16;

/**
 * Answers the requests of one connection one by one, and closes a connection that sends too many
 * ahead.
 */
export function oneAtATime(answer: RequestListener): RequestListener {
  const lines = new WeakMap<Socket, (() => void)[]>();
  return (request, response) => {
    const { socket } = request;
    const begin = () => {
      response.once('close', () => {
        const next = lines.get(socket)?.shift();
        if (next) next();
        else lines.delete(socket);
      });
      answer(request, response);
    };
    const ahead = lines.get(socket);
    if (!ahead) {
      lines.set(socket, []);
      begin();
    } else if (ahead.length < MAX_AHEAD) ahead.push(begin);
    else socket.destroy();
  };
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

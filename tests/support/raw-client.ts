import { createConnection } from 'node:net';
import type { Visitor } from './http-client.ts';

export interface RawClient {
  /** Bytes that have come so far. */
  received(): number;
  /** How long the server kept the connection, ms; null while it does. */
  lasted(): number | null;
  /** Resolves once the server has ended the connection. */
  ended: Promise<void>;
  end(): void;
}

/** GETs sent over one connection without waiting for an answer, with a visitor's cookies. */
export function sendAhead(
  visitor: Visitor,
  paths: string[],
  { from = '127.0.0.1', reading = true } = {},
): RawClient {
  const began = performance.now();
  let received = 0;
  let lasted: number | null = null;
  const { port } = new URL(visitor.url);
  const socket = createConnection({ host: '127.0.0.1', port: Number(port), localAddress: from });
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const lines = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${cookie}\r\n\r\n`;
  socket.write(paths.map(lines).join(''));
  socket.on('error', () => {});
  if (reading) {
    socket.on('data', (bytes) => {
      received += bytes.length;
    });
  } else socket.pause();
  const ended = new Promise<void>((resolve) =>
    socket.once('close', () => {
      lasted = performance.now() - began;
      resolve();
    }),
  );
  return { received: () => received, lasted: () => lasted, ended, end: () => socket.destroy() };
}

import { createConnection, type Socket } from 'node:net';

/** What a slow client says at the start, and what it adds every time so that it seems alive. */
export const slownesses = {
  headers: { first: 'GET /login HTTP/1.1\r\nHost: localhost\r\n', more: 'X-Slow: 1\r\n' },
  'a body': {
    first:
      'POST /login HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n',
    more: 'x',
  },
  nothing: { first: '', more: '' },
};

export interface SlowClient {
  /** How long it was let, ms; null while it is. */
  lasted(): number | null;
  end(): void;
}

/** Connects from an address of this machine and says a little every two seconds, for as long as it is let. */
export function createSlowClient(
  url: string,
  { first, more }: { first: string | Uint8Array; more: string },
  from: string,
): SlowClient {
  const began = performance.now();
  let lasted: number | null = null;
  const socket: Socket = createConnection({
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    localAddress: from,
  });
  socket.write(first);
  const talk = setInterval(() => socket.write(more), 2_000);
  socket.on('error', () => {});
  socket.resume();
  socket.once('close', () => {
    clearInterval(talk);
    lasted = performance.now() - began;
  });
  return { lasted: () => lasted, end: () => socket.destroy() };
}

import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

/** Everything that went over the wire in one exchange, as it was, and unpacked where it was compressed. */
export interface Exchange {
  method: string;
  path: string;
  status: number;
  /** To the server: request line, headers and body. */
  asked: Buffer;
  /** To the browser: headers, body, and the body once more without its content coding. */
  answered: Buffer;
}

/** Stands between browsers and the app, and writes everything down. */
export interface RecordingProxy {
  /** Without a trailing slash. */
  readonly url: string;
  readonly exchanges: Exchange[];
  /** From here on what is asked goes to this address. */
  passTo(appUrl: string): void;
  /** Gives the next request of a kind one header more on its way. */
  addHeader(name: string, value: string, whichNext: (method: string, path: string) => boolean): void;
  close(): void;
}

const decoders: Record<string, (body: Buffer) => Promise<Buffer>> = {
  gzip: promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
  zstd: promisify(zlib.zstdDecompress),
};

export async function openRecordingProxy(): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const additions: { name: string; value: string; matches(method: string, path: string): boolean }[] = [];
  let target = '';

  const pass = (method: string, path: string, headers: IncomingHttpHeaders, body: Buffer) => {
    const next = additions.findIndex(({ matches }) => matches(method, path));
    const added = next < 0 ? [] : additions.splice(next, 1);
    const more = Object.fromEntries(added.map(({ name, value }) => [name, value]));
    const passed = request(target + path, { method, headers: { ...headers, ...more } });
    return new Promise<IncomingMessage>((resolve, reject) => {
      passed.once('response', resolve).once('error', reject).end(body);
    });
  };

  const server = createServer(async (asking, answering) => {
    const { method = '', url: path = '/', headers } = asking;
    try {
      const body = Buffer.concat(await asking.toArray());
      const answer = await pass(method, path, headers, body);
      const answerBody = Buffer.concat(await answer.toArray());
      const status = answer.statusCode ?? 502;
      exchanges.push({
        ...{ method, path, status },
        asked: Buffer.concat([Buffer.from(`${method} ${path}\n${textOf(headers)}\n`), body]),
        answered: Buffer.concat([
          Buffer.from(`${textOf(answer.headers)}\n`),
          answerBody,
          await decode(answerBody, answer.headers['content-encoding']),
        ]),
      });
      const { 'transfer-encoding': _, ...plain } = answer.headers;
      answering.writeHead(status, plain);
      answering.end(answerBody);
    } catch {
      // The app is away, or the browser has left: it sees what it would see without a proxy.
      answering.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    exchanges,
    passTo(appUrl) {
      target = appUrl;
    },
    addHeader: (name, value, matches) => void additions.push({ name, value, matches }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function decode(body: Buffer, coding = ''): Promise<Buffer> {
  const decoder = decoders[coding];
  return decoder && body.length > 0 ? decoder(body) : Buffer.alloc(0);
}

const textOf = (headers: IncomingHttpHeaders) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

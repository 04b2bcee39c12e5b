import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An app as a browser meets it before and after an update of its static files. */
export interface NextVersion {
  /** Where the browser goes; without a trailing slash. */
  readonly url: string;
  /** From now on the service worker is another one: its shell has this version, 16 hex digits. */
  release(version: string): void;
  close(): void;
}

/** Passes everything on to a running app, and changes its service worker when told to. */
export async function serveNextVersion(appUrl: string): Promise<NextVersion> {
  let released: string | null = null;
  const server = createServer((asked, response) => {
    const { method, url = '/' } = asked;
    const headers = { ...asked.headers, 'accept-encoding': 'identity' };
    const passed = request(appUrl + url, { method, headers }, async (answer) => {
      if (url !== '/entry.worker.js' || released === null) {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
        return;
      }
      const script = (await answer.setEncoding('utf8').toArray()).join('');
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
      response.end(script.replaceAll(/[0-9a-f]{16}/g, released));
    });
    passed.on('error', () => response.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    release(version) {
      released = version;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

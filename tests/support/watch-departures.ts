import type { BrowserContext, Request } from 'playwright-core';
import { createCanarySearch } from './canary-search.ts';

/** Keeps what leaves a browser: addresses, headers and bodies of all its requests. */
export function watchDepartures(context: BrowserContext) {
  const left: { where: string; what: Buffer }[] = [];
  context.on('request', (request: Request) => {
    const head = `${request.url()}\n${JSON.stringify(request.headers())}\n`;
    const body = request.postDataBuffer() ?? Buffer.alloc(0);
    left.push({
      where: `${request.method()} ${new URL(request.url()).pathname}`,
      what: Buffer.concat([Buffer.from(head), body]),
    });
  });
  return {
    /** Method and path of each request, in their order. */
    requests: () => left.map(({ where }) => where),
    /** Requests that carry one of the secrets, however it is written. */
    carrying(secrets: Record<string, string>): string[] {
      const search = createCanarySearch(Object.entries(secrets).map(([name, secret]) => ({ name, secret })));
      return left.flatMap(({ where, what }) =>
        search(what).map(({ mark, encoding }) => `${mark} in ${where} (${encoding})`),
      );
    },
  };
}

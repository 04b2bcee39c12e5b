import type { HttpBindings } from '@hono/node-server';

/** What Hono's handlers share of a request. */
export type App = {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    secureHeadersNonce?: string;
    /** Of a page that has its style in itself, as a Content-Security-Policy names it. */
    styleHash?: `'sha256-${string}'`;
  };
};
